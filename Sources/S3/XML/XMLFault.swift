/// Why an answer is not the XML that S3 promises. The text of the answer is never part of it.
public struct XMLFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: String, Hashable, Sendable {
        case empty = "it is empty"
        case tooLarge = "it is larger than the limit"
        case notXML = "it does not begin with an element"
        case documentType = "it has a document type declaration, which S3 never sends"
        case tooDeep = "it is nested too deeply"
        case truncated = "it ends too early"
        case malformedTag = "a tag is malformed"
        case mismatchedEnd = "an end tag does not match its start"
        case unknownEntity = "an entity is unknown"
        case badCharacter = "a character reference is no character"
        case invalidUTF8 = "it is not UTF-8"
        case trailingContent = "something follows the root element"
        case unexpectedRoot = "its root element is another one"
        case missingElement = "an element that must be there is missing"
        case badValue = "an element has a value of the wrong form"
    }

    public let reason: Reason
    /// Bytes from the beginning of the answer.
    public let offset: Int
    /// The element concerned, when it is a known one.
    public let element: String?

    init(_ reason: Reason, at offset: Int, element: String? = nil) {
        (self.reason, self.offset, self.element) = (reason, offset, element)
    }

    public var description: String {
        let name = element.map { " <\($0)>" } ?? ""
        return "the XML of the answer cannot be read: \(reason.rawValue)\(name) (byte \(offset))"
    }
}
