internal import HTTPTransport

/// A 2xx answer, and who gave it.
struct S3Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]
    /// Makes an error about the operation that was answered.
    var failure: @Sendable (S3Error.Kind, _ code: String, _ message: String) -> S3Error

    /// A header's value; nil when it is absent or empty.
    func header(_ name: String) -> String? { headers[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The body as XML; what is not XML is no answer of S3.
    func xml() throws(S3Error) -> XMLElement {
        do throws(XMLFault) {
            return try XMLElement.parse(body)
        } catch {
            throw failure(.unreadableAnswer, "UnreadableAnswer", error.description)
        }
    }
}
