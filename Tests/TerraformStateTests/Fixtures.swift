import StateJSON
import TerraformState

/// States of our own, small, in the layouts the tools write.
enum Fixtures {
    /// Everything version 4 has, as Terraform lays it out.
    static let full = #"""
        {
          "version": 4,
          "terraform_version": "1.12.2",
          "serial": 7,
          "lineage": "3f1c7f5a-0b7e-4c0e-9d53-2f6c1f1f0a11",
          "outputs": {
            "endpoint": {
              "value": "db.example.com",
              "type": "string"
            },
            "token": {
              "value": "s3cret",
              "type": "string",
              "sensitive": true
            }
          },
          "resources": [
            {
              "mode": "data",
              "type": "aws_ami",
              "name": "base",
              "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
              "instances": [
                {
                  "schema_version": 0,
                  "attributes": {
                    "id": "ami-1"
                  },
                  "sensitive_attributes": [],
                  "identity_schema_version": 0
                }
              ]
            },
            {
              "module": "module.net[\"a.b\"].module.sub[0]",
              "mode": "managed",
              "type": "aws_subnet",
              "name": "main",
              "provider": "module.net.provider[\"registry.terraform.io/hashicorp/aws\"].dr",
              "instances": [
                {
                  "index_key": 0,
                  "schema_version": 1,
                  "attributes": {
                    "id": "subnet-0",
                    "tags": {
                      "Name": "zero"
                    }
                  },
                  "sensitive_attributes": [
                    [
                      {
                        "type": "get_attr",
                        "value": "tags"
                      },
                      {
                        "type": "index",
                        "value": {
                          "value": "Name",
                          "type": "string"
                        }
                      }
                    ],
                    [
                      {
                        "type": "get_attr",
                        "value": "ingress"
                      },
                      {
                        "type": "index",
                        "value": {
                          "value": 1,
                          "type": "number"
                        }
                      },
                      {
                        "type": "get_attr",
                        "value": "cidr_blocks"
                      }
                    ]
                  ],
                  "identity_schema_version": 1,
                  "identity": {
                    "id": "subnet-0"
                  },
                  "private": "bnVsbA==",
                  "dependencies": [
                    "data.aws_ami.base",
                    "module.net.aws_vpc.main"
                  ],
                  "create_before_destroy": true
                },
                {
                  "index_key": 1,
                  "status": "tainted",
                  "schema_version": 1,
                  "attributes": {
                    "id": "subnet-1"
                  },
                  "sensitive_attributes": []
                },
                {
                  "index_key": 1,
                  "deposed": "a1b2c3d4",
                  "schema_version": 1,
                  "attributes": {
                    "id": "subnet-9"
                  },
                  "sensitive_attributes": []
                }
              ]
            },
            {
              "mode": "managed",
              "type": "terraform_data",
              "name": "gone",
              "provider": "provider[\"terraform.io/builtin/terraform\"]",
              "instances": []
            },
            {
              "mode": "managed",
              "type": "terraform_data",
              "name": "k",
              "provider": "provider[\"terraform.io/builtin/terraform\"]",
              "instances": [
                {
                  "index_key": "${dollar}",
                  "schema_version": 0,
                  "attributes_flat": {
                    "id": "1"
                  },
                  "sensitive_attributes": []
                }
              ]
            }
          ],
          "check_results": [
            {
              "object_kind": "check",
              "config_addr": "check.up",
              "status": "fail",
              "objects": [
                {
                  "object_addr": "check.up",
                  "status": "fail",
                  "failure_messages": [
                    "not up"
                  ]
                }
              ]
            }
          ]
        }

        """#

    static func state(_ text: String) throws -> TerraformState { try TerraformState(parsing: StateBytes(text.utf8)) }

    /// A state of managed resources of one instance each unless given more.
    static func text(resources: [String], serial: Int = 1) -> String {
        """
        {
          "version": 4,
          "terraform_version": "1.11.4",
          "serial": \(serial),
          "lineage": "3f1c7f5a-0b7e-4c0e-9d53-2f6c1f1f0a11",
          "outputs": {},
          "resources": [
        \(resources.joined(separator: ",\n"))
          ],
          "check_results": null
        }

        """
    }

    static func resource(
        _ name: String, type: String = "null_resource", provider: String = #"provider["registry.terraform.io/hashicorp/null"]"#,
        extra: String = "", instances: [String]
    ) -> String {
        """
            {
              \(extra)"mode": "managed",
              "type": "\(type)",
              "name": "\(name)",
              "provider": "\(provider.replacing("\"", with: "\\\""))",
              "instances": [
        \(instances.joined(separator: ",\n"))
              ]
            }
        """
    }

    static func instance(id: String, key: String? = nil, extra: String = "") -> String {
        """
                {
        \(key.map { "          \"index_key\": \($0),\n" } ?? "")\(extra)          "schema_version": 0,
                  "attributes": {
                    "id": "\(id)"
                  },
                  "sensitive_attributes": []
                }
        """
    }
}
