import TerraformState
import Testing

@Suite struct ProviderReferenceTests {
    @Test func parsesWhatTerraformWrites() throws {
        let plain = try #require(ProviderReference(parsing: #"provider["registry.terraform.io/hashicorp/aws"]"#))
        #expect(plain.source == "registry.terraform.io/hashicorp/aws" && plain.alias == nil && plain.module == nil && !plain.isLegacy)
        let scoped = try #require(ProviderReference(parsing: #"module.a.module.b.provider["registry.terraform.io/hashicorp/aws"].backup"#))
        #expect(scoped.module == "module.a.module.b" && scoped.alias == "backup" && scoped.type == "aws")
        let builtin = try #require(ProviderReference(parsing: #"provider["terraform.io/builtin/terraform"]"#))
        #expect(builtin.host == "terraform.io" && builtin.namespace == "builtin")
    }

    @Test func parsesTheLegacyForm() throws {
        let legacy = try #require(ProviderReference(parsing: "module.x.provider.aws.west"))
        #expect(legacy.isLegacy && legacy.source == "registry.terraform.io/-/aws" && legacy.alias == "west" && legacy.module == "module.x")
        #expect(ProviderReference(parsing: #"provider["registry.terraform.io/-/aws"]"#)?.isLegacy == true)
    }

    @Test func parsesOpenTofusInstances() throws {
        let tofu = try #require(ProviderReference(parsing: #"provider["registry.opentofu.org/hashicorp/aws"].by_region["us-east-1"]"#))
        #expect(tofu.host == "registry.opentofu.org" && tofu.alias == "by_region" && tofu.key == .string("us-east-1"))
        #expect(ProviderReference(parsing: #"provider["registry.opentofu.org/hashicorp/aws"].r[0]"#)?.key == .int(0))
    }

    /// Each of these was accepted by terraform 1.11.4.
    @Test(arguments: [
        #"provider["hashicorp/aws"]"#, #"provider["aws"]"#, #"provider["Registry.Terraform.io/HashiCorp/AWS"]"#,
        #"provider [ "registry.terraform.io/hashicorp/aws" ] . x"#, #"provider["registry.terraform.io/hashicorp/größe"]"#,
        #"provider["localhost:8080/x/y"]"#,
        #"provider["localhost/x/y"]"#, #"provider["registry.terraform.io/hashicorp/aws"].é"#, "provider.a_ws", "provider.AWS",
        #"provider["registry.terraform.io/hashicorp/1aws"]"#, " provider.aws ", "provider\n.aws", "module.a-b.provider.aws",
        #"provider["example.com:0/a/b"]"#, #"provider["registry.terraform.io/hashicorp/aws"]/*c*/"#, "provider.aws # x",
    ])
    func parsesTheUnusual(text: String) {
        #expect(ProviderReference(parsing: text) != nil)
    }

    /// And each of these terraform 1.11.4 dropped.
    @Test(arguments: [
        "", "aws", "provider", "provider.", "provider[aws]", #"provider["registry.terraform.io/hashicorp/aws""#,
        #"provider["registry.terraform.io/hashicorp/aws"]x"#, #"provider["a/b/c/d"]"#, #"provider["registry.terraform.io/hashi corp/aws"]"#,
        #"provider["registry.terraform.io//aws"]"#, #"module.a["k"].provider["registry.terraform.io/hashicorp/aws"]"#,
        #"module.provider["x/y/z"]"#, #"provider["registry.terraform.io/hashicorp/aws"]."#,
        #"provider["registry.terraform.io/hashicorp/-aws"]"#,
        #"provider["registry.terraform.io/hashicorp/a_ws"]"#, #"provider["registry.terraform.io/foo/terraform-provider-aws"]"#,
        #"provider["registry.terraform.io/foo/terraform-aws"]"#, #"provider["registry.terraform.io/hashicorp/a--b"]"#,
        #"provider["registry.terraform.io/hashicorp/aws"].a.b"#, #"provider["registry.terraform.io/hashicorp/aws"].1a"#, "provider.aws.x.y",
        "module.a[0].provider.aws", #"provider["registry.terraform.io/hashicorp/${x}"]"#,
        #"provider["registry.terraform.io/hashicorp/aws"]["x"]"#, "module.1.provider.aws", #"provider["exa_mple.com/a/b"]"#,
        #"provider["example.com:99999/a/b"]"#, "provider[registry]",
    ])
    func refusesWhatTerraformCannotParse(text: String) {
        #expect(ProviderReference(parsing: text) == nil)
    }
}
