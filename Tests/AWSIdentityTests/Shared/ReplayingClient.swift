import Foundation
import HTTPTransport
import Synchronization

@testable import AWSIdentity

/// An HTTP client that answers from a record and remembers what it was asked. A request beyond the record, or another
/// than the recorded one, is refused with a status no service has, and counted.
final class ReplayingClient: HTTPClient {
    struct Exchange: Sendable {
        var method: String
        /// Compared without the order of its query and without a slash at its end.
        var url: String
        /// Headers the request must have, names in lower case.
        var headers: [String: String] = [:]
        /// Fields the form in the body must have.
        var form: [String: String] = [:]
        var status = 200
        var answerHeaders: [(name: String, value: String)] = []
        var answer = ""
    }

    private struct State {
        var open: [Exchange]
        var sent: [HTTPRequest] = []
        var surprises: [String] = []
    }

    private let state: Mutex<State>

    init(_ exchanges: [Exchange] = []) { state = Mutex(State(open: exchanges)) }

    /// Requests that were not recorded, or not like this.
    var surprises: [String] { state.withLock { $0.surprises } }
    /// Recorded exchanges that never happened.
    var unused: Int { state.withLock { $0.open.count } }
    var sent: [HTTPRequest] { state.withLock { $0.sent } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        return state.withLock { state in
            state.sent.append(request)
            guard let next = state.open.first else {
                state.surprises.append("\(request.method) \(request.url): nothing more is recorded")
                return HTTPResponse(status: 599, headers: [:], body: [])
            }
            state.open.removeFirst()
            state.surprises += Self.differences(request, next)
            return HTTPResponse(
                status: next.status, headers: HTTPHeaders(next.answerHeaders), body: Array(next.answer.utf8))
        }
    }

    func send(_ request: HTTPRequest, into sink: any ResponseBodySink) async throws -> HTTPResponseHead {
        let response = try await send(request)
        let head = HTTPResponseHead(status: response.status, headers: response.headers)
        try sink.begin(head)
        try response.body.withUnsafeBytes { try sink.receive($0) }
        return head
    }

    func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBodyStream) {
        throw CancellationError()
    }

    private static func differences(_ request: HTTPRequest, _ wanted: Exchange) -> [String] {
        var found: [String] = []
        if request.method != wanted.method { found.append("\(request.method) instead of \(wanted.method) \(wanted.url)") }
        if parts(request.url) != parts(wanted.url) { found.append("\(request.url) instead of \(wanted.url)") }
        for (name, value) in wanted.headers where request.headers[name] != value {
            found.append("\(wanted.url): header \(name) is not as recorded")
        }
        let form = Self.form(of: request)
        for (name, value) in wanted.form where form[name] != value {
            found.append("\(wanted.url): \(name) is \(form[name] ?? "absent") instead of \(value)")
        }
        return found
    }

    static func form(of request: HTTPRequest) -> [String: String] {
        guard case .bytes(let bytes) = request.body else { return [:] }
        let pairs = String(decoding: bytes, as: UTF8.self).split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return (parts[0], parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : "")
        }
        return Dictionary(pairs) { $1 }
    }

    private static func parts(_ url: String) -> [String] {
        let halves = url.split(separator: "?", maxSplits: 1).map(String.init)
        let base = halves[0].hasSuffix("/") ? String(halves[0].dropLast()) : halves[0]
        return [base] + (halves.count > 1 ? halves[1].split(separator: "&").map(String.init).sorted() : [])
    }
}
