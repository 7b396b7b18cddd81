import Foundation
import StateComparison
import StateJSON
import TerraformState
import TestSupport
import Testing

/// Histories written by real Terraform, compared version by version with an oracle in another language.
@Suite(.enabled(if: RecordedHistory.folder != nil, "the recorded histories are not at $TFGUARD_SHARED/corpus/history"))
struct RecordedHistoryTests {
    @Test(arguments: RecordedHistory.consecutivePairs)
    func agreesWithAPlainDeepComparison(pair: RecordedHistory.Pair) throws {
        let expected = try Set(deepComparison(pair.older.path, pair.newer.path))
        let diff = try StateDiff(from: pair.older.state(), to: pair.newer.state())
        #expect(Set(diff.changes.flatMap(asDeepComparison)) == expected)
    }

    /// So that a file that is missing, or a manifest that cannot be read, does not make the comparison a smaller one.
    @Test func everyVersionOfTheManifestsIsCompared() throws {
        let folder = try #require(RecordedHistory.folder)
        var count = 0
        for history in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "\(history)/manifest.json")))
            let entries = try #require(manifest as? [[String: Any]])
            let pairs = try RecordedHistory.pairs(of: history)
            #expect(RecordedHistory.consecutivePairs.filter { $0.newer.path.contains("/history/\(history)/") }.count == entries.count - 1)
            let versions = pairs.prefix(1).map(\.older) + pairs.map(\.newer)
            for (entry, version) in zip(entries, versions) {
                #expect(try Data(contentsOf: URL(filePath: version.path)).count == entry["size"] as? Int, "\(version.path)")
                #expect(try version.state().serial == entry["serial"] as? UInt64)
            }
            count += pairs.count
        }
        #expect(count == RecordedHistory.consecutivePairs.count && count == 59)
    }

    @Test(arguments: RecordedHistory.stepActions)
    func stepsComeOutAsWhatTheyWere(step: RecordedHistory.Step) throws {
        let pairs = try RecordedHistory.pairs(of: step.history).filter { $0.newer.step.hasPrefix(step.name) }
        let changes = try pairs.flatMap { try StateDiff(from: $0.older.state(), to: $0.newer.state()).changes }
        let found = changes.filter { $0.action == step.action && $0.address == step.address }
        #expect(!found.isEmpty, "\(changes.map { "\($0.action) \($0.address)" })")
        if let previous = step.previousAddress { #expect(found.map(\.previousAddress) == [previous]) }
        if let attribute = step.attribute {
            #expect(found.flatMap(\.attributes).contains { $0.path.description == attribute }, "\(found.flatMap(\.attributes).map(\.path.description))")
        }
    }

    @Test func everyStepOfTheManifestsIsAmongThem() throws {
        for history in ["primary", "dr", "primary-ws-staging"] {
            let names = Set(try RecordedHistory.pairs(of: history).map(\.newer.step))
            let unnamed = names.filter { name in !RecordedHistory.stepActions.contains { $0.history == history && name.hasPrefix($0.name) } }
            #expect(unnamed.isEmpty)
        }
    }

    /// A moved instance that the next apply changes, and a replacement that takes two versions: nothing else is told of them.
    @Test func movesAndTaintsAreNothingElse() throws {
        for (step, action) in [("state mv", InstanceChange.Action.move), ("taint worker", .taint), ("ACCIDENT: state rm", .remove)] {
            let pairs = try RecordedHistory.pairs(of: "primary").filter { $0.newer.step.hasPrefix(step) }
            let diff = try StateDiff(from: #require(pairs.first).older.state(), to: #require(pairs.last).newer.state())
            #expect(diff.changes.map(\.action) == [action] && diff.changes.allSatisfy(\.attributes.isEmpty))
        }
    }

    @Test func noSecretOfTheRecordingIsShown() throws {
        for pair in RecordedHistory.consecutivePairs {
            for change in try StateDiff(from: pair.older.state(), to: pair.newer.state()).changes {
                for attribute in change.attributes where attribute.path.description.contains("password") && attribute.after?.string != nil {
                    #expect(attribute.isSensitive, "\(change.address) \(attribute.path)")
                }
            }
        }
    }

    /// The lines that the oracle prints for a change: it knows no moves and looks at a deposed object as an address of its own.
    private func asDeepComparison(_ change: InstanceChange) -> [String] {
        let address = change.deposedKey.map { "\(change.address) (deposed \($0))" } ?? change.address
        let attributes = Set(change.attributes.compactMap { attribute -> String? in
            switch attribute.path.steps.first {
            case .attribute(let name), .key(let name): "~\t\(address)\t\(name)"
            case .index, nil: nil
            }
        })
        switch change.action {
        case .add, .depose: return ["+\t\(address)"]
        case .remove, .undepose: return ["-\t\(address)"]
        case .move: return ["-\t\(change.previousAddress ?? "")", "+\t\(address)"]
        case .replace, .taint, .untaint, .change: return Array(attributes)
        }
    }

    private func deepComparison(_ older: String, _ newer: String) throws -> [String] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracles/deep_comparison.py").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, older, newer]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

enum RecordedHistory {
    struct Version: Sendable {
        var path: String
        var step: String

        func state() throws -> TerraformState {
            try TerraformState(parsing: StateBytes(Data(contentsOf: URL(filePath: path))))
        }
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        var older: Version
        var newer: Version

        var testDescription: String { "\(newer.path.split(separator: "/").suffix(2).joined(separator: "/")): \(newer.step)" }
    }

    static let folder: URL? = {
        let shared = ProcessInfo.processInfo.environment["TFGUARD_SHARED"] ?? "../shared"
        let folder = URL(filePath: shared).appending(path: "corpus/history")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static func pairs(of history: String) throws -> [Pair] {
        struct Entry: Decodable { var file: String; var step: String }
        guard let folder = folder?.appending(path: history) else { return [] }
        let entries = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        let versions = entries.map { Version(path: folder.appending(path: $0.file).path, step: $0.step) }
        return zip(versions, versions.dropFirst()).map { Pair(older: $0, newer: $1) }
    }

    static let consecutivePairs: [Pair] = ["primary", "dr", "primary-ws-staging"].flatMap { (try? pairs(of: $0)) ?? [] }

    /// A step of a recording, and one of the changes that it must come out as.
    struct Step: Sendable, CustomTestStringConvertible {
        var history = "primary"
        /// How the manifest's name of the step begins.
        var name: String
        var action: InstanceChange.Action
        var address: String
        var previousAddress: String?
        var attribute: String?

        var testDescription: String { "\(history): \(name): \(action) \(address) \(attribute ?? "")" }
    }

    private static func step(
        _ name: String, _ action: InstanceChange.Action, _ address: String, from previous: String? = nil, attribute: String? = nil, in history: String = "primary"
    ) -> Step { Step(history: history, name: name, action: action, address: address, previousAddress: previous, attribute: attribute) }

    /// What the recordings' manifests say was done, and what it must be called.
    static let stepActions: [Step] = [
        step("initial create", .add, "aws_autoscaling_group.web"),
        step("bucket replication and cross-region backup copy", .add, "aws_s3_bucket_replication_configuration.assets[0]"),
        step("bucket replication and cross-region backup copy", .change, "aws_backup_plan.daily", attribute: "rule[0].copy_action[0]"),
        step("owner tag changed", .change, #"aws_instance.worker["mail"]"#, attribute: #"tags["Owner"]"#),
        step("web instance type", .change, "aws_instance.web[0]", attribute: "instance_type"),
        step("web instance type", .change, "aws_instance.web[1]", attribute: "instance_type"),
        step("third AZ added", .add, #"aws_subnet.private["c"]"#),
        step("third AZ added", .add, "aws_subnet.public[2]"),
        step("web ingress rule admin added", .add, #"aws_vpc_security_group_ingress_rule.web["admin"]"#),
        step("web ingress rule metrics removed", .remove, #"aws_vpc_security_group_ingress_rule.web["metrics"]"#),
        step("RDS retention", .change, "aws_db_instance.main", attribute: "backup_retention_period"),
        step("web count 2 to 4", .add, "aws_instance.web[3]"),
        step("web count 4 to 3", .remove, "aws_instance.web[3]"),
        step("state mv worker mail to mailer", .move, #"aws_instance.worker["mailer"]"#, from: #"aws_instance.worker["mail"]"#),
        step("apply after state mv", .change, #"aws_instance.worker["mailer"]"#, attribute: #"tags["Name"]"#),
        step("replace aws_instance.web[1]", .replace, "aws_instance.web[1]", attribute: "id"),
        step("taint worker billing", .taint, #"aws_instance.worker["billing"]"#),
        step("apply replaces tainted worker", .replace, #"aws_instance.worker["billing"]"#, attribute: "id"),
        step("reports bucket added", .add, "aws_s3_bucket.reports"),
        step("reports bucket renamed", .replace, "aws_s3_bucket.reports", attribute: "bucket"),
        step("reports bucket renamed", .depose, "aws_s3_bucket.reports"),
        step("deposed bucket destroyed", .undepose, "aws_s3_bucket.reports"),
        step("import block: sns topic legacy", .add, "aws_sns_topic.legacy"),
        step("removed block: sns topic legacy forgotten", .remove, "aws_sns_topic.legacy"),
        step("moved block: reports to finance_reports", .move, "aws_s3_bucket.finance_reports", from: "aws_s3_bucket.reports"),
        step("KMS rotation switched off", .change, "aws_kms_key.data", attribute: "enable_key_rotation"),
        step("KMS rotation switched off", .change, "aws_cloudwatch_metric_alarm.cpu", attribute: "threshold"),
        step("KMS rotation back on", .change, "aws_kms_key.data", attribute: "enable_key_rotation"),
        step("ACCIDENT: state rm of the database", .remove, "aws_db_instance.main"),
        step("database imported again", .add, "aws_db_instance.main"),
        step("apply after re-import", .change, "aws_db_instance.main", attribute: "password"),
        step("refresh-only after the http rule", .change, "aws_security_group.alb", attribute: "ingress[0]"),
        step("apply puts the http rule back", .change, "aws_security_group.alb", attribute: "ingress[0]"),
        step("initial create", .add, "aws_db_subnet_group.main", in: "dr"),
        step("case a01", .change, "aws_db_instance.main", in: "dr"),
        step("case a02", .change, "aws_autoscaling_group.web", attribute: "max_size", in: "dr"),
        step("case a03", .change, "aws_db_instance.main", attribute: "multi_az", in: "dr"),
        step("case a04", .remove, "aws_security_group_rule.db_admin[1]", in: "dr"),
        step("case a05", .change, #"module.bucket["assets"].aws_s3_bucket_versioning.this"#, attribute: "versioning_configuration[0].status", in: "dr"),
        step("case a06", .add, "aws_security_group.extra[0]", in: "dr"),
        step("case a06", .remove, #"aws_instance.worker["billing"]"#, in: "dr"),
        step("case a07", .change, "aws_launch_template.web", attribute: "instance_type", in: "dr"),
        step("case a10", .replace, #"aws_route_table_association.private["a"]"#, attribute: "route_table_id", in: "dr"),
        step("case a12", .change, "aws_ssm_parameter.db_url", attribute: "key_id", in: "dr"),
        step("case a13", .change, "aws_backup_plan.daily", attribute: "rule[0].schedule", in: "dr"),
        step("workspace staging", .add, "aws_subnet.public[2]", in: "primary-ws-staging"),
    ]
}
