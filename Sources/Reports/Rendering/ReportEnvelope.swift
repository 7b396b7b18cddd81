public import Timestamps

/// The members that every JSON document begins with: `format_version`, `command`, `generated_at`, `exit_code`, `problems`.
public struct ReportEnvelope: Sendable {
    /// Grows only when a name or a meaning changes; new members don't change it.
    public static let formatVersion = "1"

    private let time: Timestamp

    public init(time: Timestamp) {
        self.time = Timestamp(seconds: time.seconds)
    }

    /// The whole document.
    public func document(of report: some Report) -> JSONNode {
        let common: JSONObject = [
            "format_version": .string(Self.formatVersion),
            "command": .string(report.command),
            "generated_at": .string(time.rfc3339),
            "exit_code": .integer(report.status.rawValue),
            "problems": .objects(report.problems.map(\.object)),
        ]
        return .object(common + report.body)
    }
}
