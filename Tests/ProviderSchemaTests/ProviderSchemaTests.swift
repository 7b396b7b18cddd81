import ProviderSchema
import StateJSON
import Testing

struct ProviderSchemaTests {
    @Test func `the built-in table knows what the AWS provider computes`() throws {
        let instance = try #require(ProviderSchema.builtIn.resourceType("aws_instance"))
        #expect(instance["arn"]?.isComputedOnly == true)
        #expect(instance["instance_type"] == [.optional, .computed])
        #expect(instance["root_block_device.kms_key_id"] == [.optional, .computed])
        #expect(instance["vpc_security_group_ids"] == [.optional, .computed, .set])
        #expect(instance["no_such_attribute"] == nil)
        #expect(try #require(ProviderSchema.builtIn.resourceType("aws_db_instance"))["password"]?.contains(.sensitive) == true)
        #expect(try #require(ProviderSchema.builtIn.resourceType("aws_s3_bucket"))["versioning"]?.contains(.deprecated) == true)
    }

    @Test(arguments: ["aws_accessanalyzer_analyzer", "aws_xray_sampling_rule", "aws_lb", "aws_lb_listener", "aws_vpc", "aws_s3_bucket"])
    func `every line is found, the first and the last too`(type: String) {
        #expect(ProviderSchema.builtIn.resourceType(type)?.flags.isEmpty == false)
    }

    @Test(arguments: ["", "a", "aws_", "aws_lb_", "zzz", "aws_instance\tami", "random_pet"])
    func `an unknown type is unknown`(type: String) {
        #expect(ProviderSchema.builtIn.resourceType(type) == nil)
    }

    static let random = """
        {"format_version":"1.0","provider_schemas":{"registry.terraform.io/hashicorp/random":{"resource_schemas":{
          "random_password":{"version":3,"block":{"attributes":{
            "bcrypt_hash":{"type":"string","computed":true,"sensitive":true},
            "keepers":{"type":["map","string"],"optional":true},
            "length":{"type":"number","required":true},
            "seen":{"nested_type":{"nesting_mode":"set","attributes":{"token":{"type":"string","optional":true,"sensitive":true}}},"optional":true}},
           "block_types":{"old":{"nesting_mode":"list","block":{"deprecated":true,"attributes":{"x":{"type":"string","computed":true}}}}}}},
          "aws_instance":{"version":1,"block":{"attributes":{"brand_new":{"type":"string","computed":true}}}}},
         "data_source_schemas":{"random_secret":{"version":0,"block":{"attributes":{"value":{"type":"string","computed":true,"sensitive":true},"id":{"type":"string","computed":true}}}}}}}}
        """

    @Test func `a user's schema file extends and replaces the table`() throws {
        let loaded = try ProviderSchema.load(providersSchemaJSON: StateBytes(Array(Self.random.utf8)))
        let both = ProviderSchema.builtIn.extended(by: loaded)
        let password = try #require(both.resourceType("random_password"))
        #expect(password["bcrypt_hash"] == [.computed, .sensitive])
        #expect(password["length"] == nil)
        #expect(password["seen.token"]?.contains(.sensitive) == true)
        #expect(password["seen"]?.contains(.set) == true)
        #expect(password["old"] == [.block, .list, .deprecated])
        #expect(password["old.x"] == nil)
        #expect(both.resourceType("aws_instance")?["brand_new"]?.isComputedOnly == true)
        #expect(both.resourceType("aws_instance")?["ami"] == nil)
        #expect(both.resourceType("aws_vpc") != nil)
        #expect(both.dataSource("random_secret")?["value"]?.contains(.sensitive) == true)
        #expect(both.dataSource("random_secret")?["id"] == nil)
    }

    @Test func `other documents are refused with a reason`() {
        #expect(throws: ProviderSchemaError.self) { try ProviderSchema.load(providersSchemaJSON: StateBytes(Array("{".utf8))) }
        #expect(throws: ProviderSchemaError(reason: .missingKey("provider_schemas"))) { try ProviderSchema.load(providersSchemaJSON: StateBytes(Array("{\"version\":4}".utf8))) }
        #expect(throws: ProviderSchemaError(reason: .unsupportedFormatVersion("2.0"))) {
            try ProviderSchema.load(providersSchemaJSON: StateBytes(Array("{\"format_version\":\"2.0\"}".utf8)))
        }
    }
}
