import StateJSON

/// A made-up version 4 state in Terraform's own layout: instances, security groups, policies with embedded JSON, and
/// databases, in the proportions of an ordinary AWS stack. The same size gives the same bytes on every machine.
struct SyntheticState: ~Copyable {
    private var out: StateBytes.Builder
    private var number: UInt64 = 0x2545_F491_4F6C_DD1D

    static func make(bytes: Int) -> StateBytes {
        var state = SyntheticState(capacity: bytes + bytes / 50)
        state.write(until: bytes)
        return state.out.finish()
    }

    private init(capacity: Int) { out = StateBytes.Builder(capacity: capacity) }

    private mutating func write(until size: Int) {
        put("{\n  \"version\": 4,\n  \"terraform_version\": \"1.11.4\",\n  \"serial\": 412,\n  \"lineage\": \"470fa007-62b6-0eea-c8a0-48d8ee99df45\",\n  \"outputs\": {},\n  \"resources\": [")
        var index = 0
        while out.count < size {
            put(index == 0 ? "\n" : ",\n")
            resource(index)
            index += 1
        }
        put("\n  ],\n  \"check_results\": null\n}\n")
    }

    private mutating func resource(_ index: Int) {
        let type = ["aws_instance", "aws_security_group", "aws_iam_policy", "aws_db_instance"][index % 4]
        let count = index % 4 == 0 ? 4 : 1
        put("    {\n      \"module\": \"module.stack[\\\"s\(index % 7)\\\"]\",\n      \"mode\": \"managed\",\n      \"type\": \"\(type)\",\n      \"name\": \"r\(index)\",\n      \"provider\": \"provider[\\\"registry.terraform.io/hashicorp/aws\\\"]\",\n      \"instances\": [\n")
        for instance in 0..<count {
            put(instance == 0 ? "        {\n" : ",\n        {\n")
            if count > 1 { put("          \"index_key\": \(instance),\n") }
            put("          \"schema_version\": 1,\n          \"attributes\": {\n")
            attributes(type)
            put("\n          },\n          \"sensitive_attributes\": [],\n          \"private\": \"eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==\",\n          \"dependencies\": [\n            \"aws_vpc.main\",\n            \"module.stack.aws_subnet.private\"\n          ]\n        }")
        }
        put("\n      ]\n    }")
    }

    private mutating func attributes(_ type: String) {
        let id = hex()
        let pad = "            "
        put("\(pad)\"arn\": \"arn:aws:ec2:us-east-1:123456789012:\(type)/\(id)\",\n\(pad)\"availability_zone\": \"us-east-1a\",\n\(pad)\"console_url\": \"https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#Details:id=\(id)\",\n\(pad)\"dns_name\": \"internal-orders-primary-\(id).us-east-1.elb.amazonaws.com\",\n\(pad)\"encryption_key\": \"arn:aws:kms:us-east-1:123456789012:key/470fa007-62b6-0eea-c8a0-48d8ee99df45\",\n\(pad)\"enabled\": true,\n\(pad)\"id\": \"\(id)\",\n\(pad)\"monitoring\": false,\n\(pad)\"password\": null,\n\(pad)\"port\": \(next() % 65536),\n")
        if type == "aws_iam_policy" {
            put("\(pad)\"policy\": \"{\\\"Statement\\\":[{\\\"Action\\\":[\\\"s3:GetObject\\\",\\\"s3:ListBucket\\\"],\\\"Effect\\\":\\\"Allow\\\",\\\"Resource\\\":\\\"arn:aws:s3:::\(id)\\\"}],\\\"Version\\\":\\\"2012-10-17\\\"}\",\n")
        }
        for block in ["ebs_block_device", "ingress"] {
            put("\(pad)\"\(block)\": [\n")
            for rule in 0..<3 {
                put("\(pad)  {\n\(pad)    \"cidr_blocks\": [\n\(pad)      \"10.\(rule).\(next() % 256).0/24\"\n\(pad)    ],\n\(pad)    \"description\": \"rule \(rule) of the group\",\n\(pad)    \"from_port\": \(next() % 9000),\n\(pad)    \"ipv6_cidr_blocks\": [],\n\(pad)    \"iops\": 3000,\n\(pad)    \"protocol\": \"tcp\",\n\(pad)    \"self\": false,\n\(pad)    \"volume_size\": 20.5\n\(pad)  }\(rule < 2 ? "," : "")\n")
            }
            put("\(pad)],\n")
        }
        put("\(pad)\"tags\": {\n\(pad)  \"Environment\": \"production\",\n\(pad)  \"Name\": \"orders-\(id)\",\n\(pad)  \"Owner\": \"plattform-größe\"\n\(pad)},\n\(pad)\"timeouts\": null,\n\(pad)\"vpc_id\": \"vpc-\(hex())\"")
    }

    private mutating func put(_ text: String) { out.append(contentsOf: text.utf8) }

    private mutating func next() -> UInt64 {
        number ^= number << 13
        number ^= number >> 7
        number ^= number << 17
        return number
    }

    private mutating func hex() -> String {
        let text = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
