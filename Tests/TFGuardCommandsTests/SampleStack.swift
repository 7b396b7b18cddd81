import Foundation

/// Small stacks for the commands that compare: what the two sides of a DR pair look like, and one of them broken.
enum SampleStack {
    static let secret = "correct-horse-battery-staple"

    /// One region's stack: a VPC, a database, a bucket, an output.
    struct Side {
        var region = "us-east-1"
        var token = "use1"
        var vpc = "vpc-0aaaaaaaaaaaaaaa1"
        var serial = 7
        var lineage = "aaaaaaaa-0000-4000-8000-000000000001"
        var backupDays = 7
        var instanceClass = "db.m5.large"
        var password = SampleStack.secret
        var databaseName = "main"
        /// A description that repeats the password.
        var leak = ""
        var hasBucket = true

        static var primary: Side { Side() }
        static var dr: Side {
            Side(region: "us-west-2", token: "usw2", vpc: "vpc-0bbbbbbbbbbbbbbb2", serial: 3, lineage: "bbbbbbbb-0000-4000-8000-000000000002", password: "another-password-of-dr")
        }

        var text: String {
            let provider = #""provider": "provider[\"registry.terraform.io/hashicorp/aws\"]""#
            let bucket = """
                ,{"mode": "managed", "type": "aws_s3_bucket", "name": "logs", \(provider), "instances": [{"schema_version": 0,
                 "attributes": {"id": "logs-\(token)", "arn": "arn:aws:s3:::logs-\(token)", "bucket": "logs-\(token)", "region": "\(region)", "force_destroy": false},
                 "sensitive_attributes": []}]}
                """
            return """
                {"version": 4, "terraform_version": "1.11.4", "serial": \(serial), "lineage": "\(lineage)",
                 "outputs": {"endpoint": {"value": "https://\(token).example/", "type": "string"},
                  "db_password": {"value": "\(password)", "type": "string", "sensitive": true}},
                 "resources": [
                  {"mode": "managed", "type": "aws_vpc", "name": "main", \(provider), "instances": [{"schema_version": 1,
                   "attributes": {"id": "\(vpc)", "arn": "arn:aws:ec2:\(region):123456789012:vpc/\(vpc)", "cidr_block": "10.0.0.0/16", "enable_dns_support": true,
                    "tags": {"Name": "app-\(token)"}}, "sensitive_attributes": []}]},
                  {"mode": "managed", "type": "aws_db_instance", "name": "\(databaseName)", \(provider), "instances": [{"schema_version": 2,
                   "attributes": {"id": "db-\(token)", "arn": "arn:aws:rds:\(region):123456789012:db:db-\(token)", "identifier": "db-\(token)", "instance_class": "\(instanceClass)",
                    "backup_retention_period": \(backupDays), "password": "\(password)", "multi_az": true, "parameter_group_name": "default.mysql8.0\(leak)"},
                   "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]], "dependencies": ["aws_vpc.main"]}]}\(hasBucket ? bucket : "")
                 ], "check_results": null}

                """
        }
    }
}

extension SampleStack {
    /// Both stacks in one state: DR's resources have names of their own and the provider's alias `backup`.
    static func both(_ primary: Side = .primary, _ dr: Side = .dr) -> String {
        func resources(_ text: String) -> String {
            let start = text.range(of: #""resources": ["#)?.upperBound ?? text.startIndex
            let end = text.range(of: #"], "check_results""#)?.lowerBound ?? text.endIndex
            return String(text[start..<end])
        }
        var others = resources(dr.text).replacing(#"/aws\"]""#, with: #"/aws\"].backup""#)
        for name in ["main", "logs"] { others = others.replacing("\"name\": \"\(name)\"", with: "\"name\": \"dr_\(name)\"") }
        return """
            {"version": 4, "terraform_version": "1.11.4", "serial": 5, "lineage": "cccccccc-0000-4000-8000-000000000003", "outputs": {},
             "resources": [\(resources(primary.text)), \(others)], "check_results": null}

            """
    }
}
