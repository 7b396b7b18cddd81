public import StateJSON

/// What some bytes are that were found where a state should be: any bytes at all.
///
/// ``recognise(_:)`` looks at one file alone. What only history can tell (a serial that went back, resources that
/// vanished, another lineage) is not decided here.
public enum StateForm: Hashable, Sendable {
    /// A version 4 state that can be read. ``TerraformState/problems`` says how healthy it is.
    case state(StateSummary)
    /// Format 1 to 3: Terraform before 0.12.
    case legacy(StateSummary)
    /// A format version this program does not know.
    case futureVersion(UInt64)
    /// OpenTofu's encrypted envelope: serial and lineage in clear, nothing else.
    case encrypted(EncryptedEnvelope)
    /// Version 4 in form, but a field is of a kind that no reader accepts.
    case unreadableFields(StateFormatError)
    /// The cache that `terraform init` leaves in `.terraform/terraform.tfstate`. Terraform itself takes it for an empty state.
    case backendCache(backend: String)
    /// A lock file's content.
    case lockInfo(id: String, who: String)
    /// `terraform show -json` of a plan.
    case planJSON
    /// `terraform show -json` of a state.
    case showJSON
    /// A saved plan (or another zip archive).
    case zipArchive
    /// Terraform before 0.7: `tfstate` and binary data.
    case binaryState
    /// JSON, but no state.
    case otherJSON(OtherJSON)

    /// No bytes: Terraform takes that for "no state yet" and would create everything again.
    case zeroBytes
    case whitespace(count: Int)
    /// Zero bytes in place of text, as a crashed file system or a sparse copy leaves them.
    case nulBytes(offset: Int, count: Int)
    /// An HTML page, mostly a proxy's error page.
    case html
    /// An XML error document, mostly from S3 itself.
    case xmlError(code: String?)
    case gzip
    /// The zlib format (RFC 1950).
    case zlib
    case zstd
    /// UTF-16, as a shell redirection on Windows writes it.
    case utf16(bigEndian: Bool)
    case utf32(bigEndian: Bool)
    /// UTF-8 with a byte order mark in front.
    case byteOrderMark
    /// The upload's aws-chunked framing was stored with the content. Complete, or cut at the end.
    case awsChunked(isComplete: Bool)
    case mergeConflict(offset: Int)
    /// The JSON text stops before its end.
    case truncated(offset: Int)
    /// A second JSON document begins behind the first.
    case twoDocuments(offset: Int)
    /// Something else stands behind the document's end.
    case trailingBytes(offset: Int)
    /// JSON but for bytes that are not UTF-8. Terraform replaces them by U+FFFD in silence.
    case invalidUTF8(offset: Int)
    case syntaxError(JSONSyntaxError)
    /// Gzip, zlib or UTF data that does not open: it was cut or changed.
    indirect case damagedWrapping(StateForm)
    /// A wrapping that opens, but what is inside is no state. Places named by the content are counted inside.
    indirect case wrapped(StateForm, in: StateForm)

    /// JSON that is no state.
    public enum OtherJSON: Hashable, Sendable {
        case notAnObject(JSONValue.Kind)
        case noVersion
        case versionOfWrongKind
        case versionZero
    }

    /// The plain text of a file of this form whose wrapping or content is damaged, as far as it can be had; nil when the form
    /// is no wrapping, or one that has to be inflated.
    public func front(of bytes: StateBytes) -> StateBytes? { Unwrapping.front(of: bytes, self) }

    /// Never throws, never crashes.
    public static func recognise(_ bytes: StateBytes) -> StateForm { StateReading(bytes).form }
}
