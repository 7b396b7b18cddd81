import Logging
import Reports

/// A log line on standard error, with nothing secret in it: `tfguard: info: vault opened location=/srv/vault`.
struct StandardErrorLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(logLevel: Logger.Level) { self.logLevel = logLevel }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardError.write(Self.line(event.level, "\(event.message)", metadata.merging(event.metadata ?? [:]) { $1 }))
    }

    /// The line, safe to show, with its newline.
    static func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
        var text = "tfguard: \(level.rawValue): \(message)"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(value)" }
        return CommandGuard.neutralise(VisibleText.escape(Redaction.redact(text))) + "\n"
    }
}
