internal import Foundation
public import Timestamps

/// Who holds a state's lock, in the form that Terraform and OpenTofu write and read.
/// (hashicorp/terraform, internal/states/statemgr/locker.go, `LockInfo`)
public struct LockInfo: Sendable, Hashable {
    /// A UUID; what `terraform force-unlock` asks for.
    public var id: String
    /// `OperationTypeApply`, `OperationTypePlan`, `tfguard-restore`, …
    public var operation: String
    public var info: String
    /// `user@host`.
    public var who: String
    /// The version of the program that took the lock.
    public var version: String
    /// When the lock was taken; nil when the text could not be read as a time.
    public var created: Timestamp?
    /// `BUCKET/KEY`.
    public var path: String

    public init(id: String, operation: String, info: String = "", who: String, version: String, created: Timestamp?, path: String) {
        self.id = id
        self.operation = operation
        self.info = info
        self.who = who
        self.version = version
        self.created = created
        self.path = path
    }

    /// The operations that tfguard takes locks for begin with this.
    public static let ownOperationPrefix = "tfguard-"

    /// Whether a run of tfguard took the lock.
    public var isOurs: Bool {
        operation.hasPrefix(Self.ownOperationPrefix)
    }
}

extension LockInfo {
    /// The bytes as Go's `encoding/json` writes them: OpenTofu releases a DynamoDB lock only when its own marshalling of
    /// the item gives the same text, so order, escapes and the form of the time must be exact.
    public var json: [UInt8] {
        let members = [
            ("ID", id), ("Operation", operation), ("Info", info), ("Who", who), ("Version", version), ("Created", created?.rfc3339 ?? "0001-01-01T00:00:00Z"), ("Path", path),
        ]
        return Array("{\(members.map { "\"\($0)\":\(Self.quoted($1))" }.joined(separator: ","))}".utf8)
    }

    /// Reads a lock; nil when the bytes are no lock info. Unknown members are ignored, as Go does.
    public init?(json bytes: [UInt8]) {
        struct Members: Decodable {
            var ID: String?
            var Operation: String?
            var Info: String?
            var Who: String?
            var Version: String?
            var Created: String?
            var Path: String?
        }
        guard bytes.count <= 1 << 20, let members = try? JSONDecoder().decode(Members.self, from: Data(bytes)), let id = members.ID, !id.isEmpty else { return nil }
        self.init(
            id: id, operation: members.Operation ?? "", info: members.Info ?? "", who: members.Who ?? "", version: members.Version ?? "",
            created: members.Created.flatMap { Timestamp(rfc3339: $0) }, path: members.Path ?? "")
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{8}": result += "\\b"
            case "\u{c}": result += "\\f"
            case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1f}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
