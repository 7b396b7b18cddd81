import Foundation
public import StateJSON
import TerraformState

/// States to begin with: parts of recorded ones, small enough for thousands of trials a minute, and one with a bit of
/// everything where there are no recordings.
public enum SeedStates {
    /// Recorded states below the folder, cut down to a few resources each.
    public static func recorded(in folder: String) -> [StateBytes] {
        let root = URL(filePath: folder)
        guard let files = FileManager.default.enumerator(atPath: root.path) else { return [] }
        let names = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".tfstate") }.sorted()
        return names.compactMap { name in
            guard let data = try? Data(contentsOf: root.appending(path: name)) else { return nil }
            return cut(StateBytes(data), seed: name.utf8.reduce(7) { ($0 &* 31) &+ UInt64($1) })
        }
    }

    /// The state with about six of its resources; files that are no states as they are, up to 20 kB.
    static func cut(_ bytes: StateBytes, seed: UInt64) -> StateBytes? {
        guard let state = StateReading(bytes).state, state.resources.count > 6 else { return bytes.count < 20_000 ? bytes : nil }
        var chance = SplitMix(seed: seed)
        let kept = Set(state.resources.indices.shuffled(using: &chance).prefix(6))
        guard let list = state.resources.first, let last = state.resources.last else { return nil }
        let texts = kept.sorted().map { bytes[state.resources[$0].rawRange] }
        return StateBytes(bytes[0..<list.rawRange.lowerBound] + texts.joined(separator: [UInt8(ascii: ",")]) + bytes[last.rawRange.upperBound..<bytes.count])
    }

    public static let builtIn = StateBytes(
        #"""
        {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "8f6a2c1e-0000-4000-8000-000000000000",
         "outputs": {"url": {"value": "https://u:hunter2@example.org", "type": "string"}, "all": {"value": {"a": [1, {"b": null}]}, "type": ["object", {"a": "dynamic"}], "sensitive": true}},
         "resources": [
          {"module": "module.net[\"a\"]", "mode": "managed", "type": "aws_subnet", "name": "main", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"].dr",
           "instances": [
            {"index_key": 0, "schema_version": 1, "attributes": {"arn": "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0a", "cidr_block": "10.0.0.0/24", "id": "subnet-0a", "tags": {"Name": "a"}}, "sensitive_attributes": [], "private": "bnVsbA==", "dependencies": ["module.net.aws_vpc.main"]},
            {"index_key": 1, "status": "tainted", "schema_version": 1, "attributes": {"arn": "arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0b", "cidr_block": "10.0.1.0/24", "id": "subnet-0b", "tags": null}, "sensitive_attributes": [[{"type": "get_attr", "value": "tags"}, {"type": "index", "value": {"value": "Name", "type": "string"}}]]}]},
          {"mode": "managed", "type": "aws_db_instance", "name": "main", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
           "instances": [
            {"schema_version": 2, "attributes": {"id": "db-1", "password": "correct-horse", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"a\", \"b\"]}]}", "ports": [1, 2.50, 3e2], "vpc_security_group_ids": ["sg-1", "sg-2"]}, "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]], "create_before_destroy": true},
            {"deposed": "a1b2c3d4", "schema_version": 2, "attributes": {"id": "db-0"}}]},
          {"mode": "data", "type": "aws_ami", "name": "base", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [{"schema_version": 0, "attributes_flat": {"tags.%": "1"}}]}],
         "check_results": [{"object_kind": "check", "config_addr": "check.a", "status": "pass", "objects": null}]}
        """#.utf8)
}
