internal import S3
internal import Vault

/// Something that could not be read. Holds no credentials and nothing of a state's content.
public struct VerifyProblem: Sendable, Hashable {
    /// `SITE`, `SITE:KEY` or `vault`.
    public var reference: String
    public var message: String
    public var hint: String?

    public init(reference: String, message: String, hint: String? = nil) {
        (self.reference, self.message, self.hint) = (reference, message, hint)
    }

    init(_ error: any Error, reference: String, doing: String = "") {
        let lead = doing.isEmpty ? "" : "\(doing): "
        guard let error = error as? S3Error else {
            self.init(reference: reference, message: lead + String(describing: error))
            return
        }
        var message = "\(lead)\(error.operation): \(error.code)"
        if let status = error.status { message += " (HTTP \(status))" }
        if !error.message.isEmpty { message += ": \(error.message)" }
        if error.attempts > 1 { message += " (after \(error.attempts) attempts)" }
        self.init(reference: reference, message: message, hint: error.hint)
    }
}
