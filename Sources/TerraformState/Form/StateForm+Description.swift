extension StateForm: CustomStringConvertible {
    /// A short stable name, for machine-readable output.
    public var code: String {
        switch self {
        case .state: "state"
        case .legacy: "legacy-state"
        case .futureVersion: "future-version"
        case .encrypted: "encrypted-state"
        case .unreadableFields: "unreadable-fields"
        case .backendCache: "backend-cache"
        case .lockInfo: "lock-info"
        case .planJSON: "plan-json"
        case .showJSON: "show-json"
        case .zipArchive: "zip-archive"
        case .binaryState: "binary-state"
        case .otherJSON: "other-json"
        case .zeroBytes: "zero-bytes"
        case .whitespace: "whitespace"
        case .nulBytes: "nul-bytes"
        case .html: "html"
        case .xmlError: "xml-error"
        case .gzip: "gzip"
        case .zlib: "zlib"
        case .zstd: "zstd"
        case .utf16: "utf-16"
        case .utf32: "utf-32"
        case .byteOrderMark: "byte-order-mark"
        case .awsChunked: "aws-chunked"
        case .mergeConflict: "merge-conflict"
        case .truncated: "truncated"
        case .twoDocuments: "two-documents"
        case .trailingBytes: "trailing-bytes"
        case .invalidUTF8: "invalid-utf-8"
        case .syntaxError: "syntax-error"
        case .damagedWrapping(let wrapping): "damaged-\(wrapping.code)"
        case .wrapped(let content, _): content.code
        }
    }

    /// One sentence for a person; holds no values of the state.
    public var description: String {
        switch self {
        case .state(let summary): "Terraform state, format 4, \(summary.generation), \(summary.instanceCount) instances"
        case .legacy(let summary):
            "Terraform state of the old format \(summary.formatVersion), \(summary.generation), \(summary.resourceCount) resources; terraform 0.13 to 1.x upgrades it when it writes next"
        case .futureVersion(let version): "state format \(version), newer than this program; a newer tfguard may read it"
        case .encrypted(let envelope):
            "state encrypted by OpenTofu\(envelope.generation.map { ", \($0)" } ?? ""); its content cannot be compared without the key"
        case .unreadableFields(let error): "state that cannot be read: \(error)"
        case .backendCache(let backend): "backend cache of terraform init (backend \(backend)), not a state"
        case .lockInfo: "content of a lock file, not a state"
        case .planJSON: "terraform show -json of a plan, not a state"
        case .showJSON: "terraform show -json of a state, not the state itself"
        case .zipArchive: "zip archive, such as a saved plan, not a state"
        case .binaryState: "binary state of Terraform before 0.7"
        case .otherJSON(let other): "JSON, but no state: \(other)"
        case .zeroBytes: "zero bytes; Terraform takes this for no state at all and would create everything again"
        case .whitespace(let count): "\(count) bytes of whitespace"
        case .nulBytes(let offset, let count): "\(count) zero bytes at byte \(offset)"
        case .html: "an HTML page in place of a state"
        case .xmlError(let code): "an XML error document in place of a state\(code.map { " (\($0))" } ?? "")"
        case .gzip: "gzip data"
        case .zlib: "zlib data"
        case .zstd: "zstd data"
        case .utf16(let bigEndian): "UTF-16\(bigEndian ? "BE" : "LE") text"
        case .utf32(let bigEndian): "UTF-32\(bigEndian ? "BE" : "LE") text"
        case .byteOrderMark: "UTF-8 with a byte order mark, which Terraform refuses"
        case .awsChunked(let complete):
            complete ? "the upload's aws-chunked framing was stored with the state" : "aws-chunked framing, cut at the end"
        case .mergeConflict(let offset): "git conflict marks at byte \(offset)"
        case .truncated(let offset): "the JSON text ends early, at byte \(offset)"
        case .twoDocuments(let offset): "a second JSON document at byte \(offset)"
        case .trailingBytes(let offset): "bytes behind the document's end, at byte \(offset)"
        case .invalidUTF8(let offset): "bytes at byte \(offset) that are not UTF-8"
        case .syntaxError(let error): "not JSON: \(error)"
        case .damagedWrapping(let wrapping): "\(wrapping.description) that does not open: it was cut or changed"
        case .wrapped(let content, let wrapping): "\(wrapping.description), and inside: \(content.description)"
        }
    }
}

extension StateForm.OtherJSON: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAnObject(let kind): "the outermost value is \(kind), not an object"
        case .noVersion: "no \"version\" field"
        case .versionOfWrongKind: "\"version\" is not a positive whole number"
        case .versionZero: "\"version\" is 0"
        }
    }
}
