import Foundation
import Testing

@testable import Sites

private let hcl = """
    /* a comment with backend "s3" { bucket = "wrong" } */
    terraform {
      required_version = ">= 1.5" # newer
      required_providers {
        aws = { source = "hashicorp/aws", version = "~> 5.0" }
      }
      backend "s3" {
        bucket       = "acme-tfstate-use1"
        key          = "prod/network/terraform.tfstate" // the key
        region       = "us-east-1"
        encrypt      = true
        kms_key_id   = "alias/state"
        use_lockfile = true
        dynamodb_table = "tf-locks"
        access_key   = "AKIAIOSFODNN7EXAMPLE"
        secret_key   = "SENTINEL"
        profile      = var.profile
        assume_role  = {
          role_arn    = "arn:aws:iam::123456789012:role/state"
          external_id = "x"
          duration    = "1h"
        }
        endpoints = { s3 = "http://127.0.0.1:8333" }
        use_path_style = true
        max_retries = 4
        workspace_key_prefix = "ws"
      }
    }
    locals {
      policy = <<-EOT
        terraform { backend "s3" { bucket = "in a heredoc" } }
        EOT
      text = "${jsonencode({ a = "}" })} $${literal}"
    }
    """

private func folder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("tfguard-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (name, text) in files {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }
    try body(path)
}

private func bucket(_ path: String, environment: [String: String] = [:]) throws -> String {
    try BackendDiscovery.find(in: path, environment: environment).site.bucket
}

@Suite struct BackendDiscoveryTests {
    @Test func aBackendBlockIsReadWithoutItsCredentials() throws {
        try folder(["main.tf": hcl]) { path in
            let backend = try BackendDiscovery.find(in: path)
            #expect(backend.source == .init(file: "main.tf", line: 7))
            #expect(backend.key == "prod/network/terraform.tfstate")
            let site = backend.site
            #expect(site.bucket == "acme-tfstate-use1" && site.access.region == "us-east-1" && site.workspaceKeyPrefix == "ws")
            #expect(site.encryption == ObjectEncryptionSettings(encrypt: true, kmsKeyID: "alias/state"))
            #expect(site.lock == LockSettings(useLockfile: true, dynamodbTable: "tf-locks"))
            #expect(site.access.assumeRole == AssumedRole(roleARN: "arn:aws:iam::123456789012:role/state", externalID: "x", duration: .seconds(3_600)))
            #expect(site.access.endpoints.s3 == "http://127.0.0.1:8333" && site.access.usePathStyle == true && site.access.maxAttempts == 5)
            #expect(site.access.profile == nil && backend.notes.contains { $0.contains("profile = var.profile") })
            #expect(backend.notes.contains { $0.hasPrefix("secret_key was left out") })
            #expect(!"\(backend)".contains("SENTINEL") && !"\(backend)".contains("AKIA"))
        }
    }

    @Test func theStarterConfigurationReadsBackAsWhatWasFound() throws {
        try folder(["main.tf": hcl]) { path in
            let backend = try BackendDiscovery.find(in: path)
            let text = StarterConfiguration.text(for: backend)
            let configuration = try Configuration(parsing: text, file: "/x/tfguard.yaml")
            #expect(configuration.sites == [backend.site], "\(text)")
            #expect(configuration.vault?.location == .folder("/x/tfguard-vault"))
            #expect(!text.contains("SENTINEL") && text.contains("# note: profile = var.profile"))
        }
    }

    @Test func hostileValuesCannotBreakOutOfTheStarterConfiguration() throws {
        let evil = "b\"\n  evil: { bucket: x }\n# \u{85}\u{2028}'"
        var site = SiteSettings(name: "primary", bucket: "bucket: {x}")
        site.access.region = "eu-west-1"
        site.access.profile = "yes"
        site.access.noProxy = "a,b: #c"
        let backend = DetectedBackend(source: .init(file: evil, line: 1), site: site, key: evil, notes: [evil])
        let text = StarterConfiguration.text(for: backend)
        #expect(try Configuration(parsing: text, file: "/x/t.yaml").sites == [site])
    }

    @Test func terraformsCacheWinsOverTheBlock() throws {
        let cache = """
            {"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{"bucket":"from-cache","key":"k","region":"eu-west-1",
            "access_key":"AKIAIOSFODNN7EXAMPLE","secret_key":"SENTINEL","endpoints":{"s3":null},"profile":null,"use_lockfile":true,
            "assume_role":{"role_arn":"arn:aws:iam::123456789012:role/r","duration":null},"shared_config_files":["/c"]},"hash":1}}
            """
        try folder(["main.tf": hcl, ".terraform/terraform.tfstate": cache]) { path in
            let backend = try BackendDiscovery.find(in: path)
            #expect(backend.site.bucket == "from-cache" && backend.source.description == ".terraform/terraform.tfstate")
            #expect(backend.site.access.assumeRole?.roleARN == "arn:aws:iam::123456789012:role/r" && backend.site.access.sharedConfigFile == "/c")
            #expect(backend.notes.count == 2 && !"\(backend)".contains("SENTINEL"))
        }
        try folder(["main.tf": hcl, "data/terraform.tfstate": cache]) { path in
            let found = try bucket(path, environment: ["TF_DATA_DIR": "data"])
            #expect(found == "from-cache")
            let other = try bucket(path)
            #expect(other == "acme-tfstate-use1")
        }
    }

    @Test func jsonSyntaxIsReadAndItsTemplatesAreNot() throws {
        let json = #"{"terraform":[{"backend":{"s3":[{"bucket":"j","key":"${var.key}","region":"us-east-1"}]}}]}"#
        try folder(["main.tf.json": json]) { path in
            let backend = try BackendDiscovery.find(in: path)
            #expect(backend.site.bucket == "j" && backend.key == nil && backend.source.line == 1)
            #expect(backend.notes.contains { $0.contains("${var.key}") })
        }
    }

    @Test func overridesWinAndTofuFilesReplaceTheirTwins() throws {
        let block = { (bucket: String) in "terraform {\n  backend \"s3\" { bucket = \"\(bucket)\" }\n}\n" }
        try folder(["a.tf": block("plain"), "z_override.tf": block("override")]) { path in
            let found = try bucket(path)
            #expect(found == "override")
        }
        try folder(["a.tf": block("plain"), "a.tofu": block("tofu")]) { path in
            let found = try bucket(path)
            #expect(found == "tofu")
        }
    }

    @Test func aPartialBlockSaysWhatIsMissing() throws {
        try folder(["main.tf": "terraform {\n  backend \"s3\" {\n    bucket = \"b\"\n  }\n}"]) { path in
            let notes = try BackendDiscovery.find(in: path).notes
            #expect(notes.contains { $0.hasPrefix("key is not in main.tf") } && notes.contains { $0.hasPrefix("region is not in") })
        }
        try folder(["main.tf": "terraform {\n  backend \"s3\" {}\n}"]) { path in
            let error = #expect(throws: BackendDiscoveryError.self) { try BackendDiscovery.find(in: path) }
            #expect(error == .noBucket(source: .init(file: "main.tf", line: 2)))
        }
    }

    @Test func otherBackendsAndEmptyFoldersAreToldApart() throws {
        try folder(["main.tf": "terraform {\n  backend \"gcs\" {\n bucket = \"b\"\n }\n}"]) { path in
            let error = #expect(throws: BackendDiscoveryError.self) { try BackendDiscovery.find(in: path) }
            #expect(error == .otherBackend(type: "gcs", source: .init(file: "main.tf", line: 2)))
        }
        try folder(["main.tf": "terraform {\n  cloud {\n  organization = \"o\" }\n}"]) { path in
            let error = #expect(throws: BackendDiscoveryError.self) { try BackendDiscovery.find(in: path) }
            #expect(error == .otherBackend(type: "cloud", source: .init(file: "main.tf", line: 2)))
        }
        try folder(["main.tf": "locals {}"]) { path in
            let error = #expect(throws: BackendDiscoveryError.self) { try BackendDiscovery.find(in: path) }
            #expect(error == BackendDiscoveryError.none(folder: path))
        }
        try folder(["main.tf": "terraform {\n  backend \"s3\" {\n    bucket = \"b\n  }\n}"]) { path in
            let error = #expect(throws: BackendDiscoveryError.self) { try BackendDiscovery.find(in: path) }
            #expect(error == .unreadable(file: "main.tf", line: 3, reason: "a \" is never closed"))
        }
    }

    @Test func brokenConfigurationNeverCrashesTheReader() {
        var random = SplitMix(seed: 11)
        let scalars = Array(hcl.unicodeScalars)
        for _ in 0..<400 {
            var mangled = scalars
            for _ in 0..<(1 + random.below(4)) {
                let at = random.below(mangled.count)
                switch random.below(3) {
                case 0: mangled.removeSubrange(at..<min(mangled.count, at + 1 + random.below(40)))
                case 1: mangled[at] = ["{", "}", "\"", "[", "$", "<", "\\", "\n", "#", "("][random.below(10)]
                default: mangled.insert(contentsOf: mangled[at..<min(mangled.count, at + random.below(40))], at: at)
                }
                if mangled.isEmpty { mangled = ["x"] }
            }
            _ = try? HCLReader.blocks(in: String(String.UnicodeScalarView(mangled)))
        }
        #expect(throws: HCLSyntaxError.self) { try HCLReader.blocks(in: String(repeating: "a {\n", count: 10_000)) }
        #expect(throws: HCLSyntaxError.self) { try HCLReader.blocks(in: "a = " + String(repeating: "[", count: 100_000)) }
    }
}
