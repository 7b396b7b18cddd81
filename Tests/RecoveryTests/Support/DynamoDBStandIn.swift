import Foundation
import Synchronization
import TestSupport

/// A DynamoDB service on 127.0.0.1 with one table whose hash key is `LockID`: GetItem, PutItem, DeleteItem, with the
/// conditions that a lock needs. Signatures are not checked; every table name means the same table.
final class DynamoDBStandIn: Sendable {
    /// One request.
    struct Request: Sendable {
        /// `GetItem`, `PutItem`, `DeleteItem`.
        var operation: String
        /// The item's `LockID`.
        var lockID: String
        /// From 0.
        var number: Int
    }

    /// What goes wrong with a request.
    enum Fault: Sendable {
        /// The operation is not done; an error of this name is answered.
        case error(status: Int, type: String)
        /// The operation is done, then this happens on the wire.
        case wire(ScriptedResponse.Fault)
    }

    private struct Injected {
        var fault: Fault
        var left: Int
        var condition: @Sendable (Request) -> Bool
    }

    private struct State {
        var items: [String: [String: String]] = [:]
        var requests: [Request] = []
        var faults: [Injected] = []
    }

    private final class Service: Sendable {
        let state = Mutex(State())
    }

    private let service: Service
    private let server: ScriptedServer

    /// - Throws: ``ServerStartError``.
    init() throws {
        let service = Service()
        self.service = service
        server = try ScriptedServer { request in Self.answer(request, service) }
    }

    var url: String { server.url }
    var requests: [Request] { service.state.withLock(\.requests) }
    /// String attributes by `LockID`.
    var items: [String: [String: String]] { service.state.withLock(\.items) }

    func setItem(_ lockID: String, _ attributes: [String: String]?) {
        service.state.withLock { $0.items[lockID] = attributes }
    }

    /// - Parameter condition: called with the stand-in locked: it must not call back.
    func inject(_ fault: Fault, times: Int = .max, when condition: @escaping @Sendable (Request) -> Bool = { _ in true }) {
        service.state.withLock { $0.faults.append(Injected(fault: fault, left: times, condition: condition)) }
    }

    func removeFaults() { service.state.withLock { $0.faults = [] } }

    private static func answer(_ http: ScriptedRequest, _ service: Service) -> ScriptedResponse {
        let operation = http.header("X-Amz-Target")?.split(separator: ".").last.map(String.init) ?? ""
        let document = (try? JSONSerialization.jsonObject(with: Data(http.body))) as? [String: Any] ?? [:]
        return service.state.withLock { state in
            let request = Request(operation: operation, lockID: Self.lockID(document), number: state.requests.count)
            state.requests.append(request)
            var wire: ScriptedResponse.Fault?
            if let place = state.faults.firstIndex(where: { $0.left > 0 && $0.condition(request) }) {
                state.faults[place].left -= 1
                switch state.faults[place].fault {
                case .error(let status, let type): return .text(status, #"{"__type": "com.amazonaws.dynamodb.v20120810#\#(type)", "message": "injected"}"#)
                case .wire(let fault): wire = fault
                }
            }
            var response = Self.perform(request, document, &state)
            if let wire { response.faults.append(wire) }
            return response
        }
    }

    private static func lockID(_ document: [String: Any]) -> String {
        let holder = (document["Key"] ?? document["Item"]) as? [String: Any]
        return (holder?["LockID"] as? [String: Any])?["S"] as? String ?? ""
    }

    private static func perform(_ request: Request, _ document: [String: Any], _ state: inout State) -> ScriptedResponse {
        guard holds(document, state.items[request.lockID]) else {
            return .text(400, #"{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "The conditional request failed"}"#)
        }
        switch request.operation {
        case "GetItem":
            guard let item = state.items[request.lockID] else { return .text(200, "{}") }
            return .text(200, text(["Item": item.mapValues { ["S": $0] }]))
        case "PutItem":
            let item = document["Item"] as? [String: [String: Any]] ?? [:]
            state.items[request.lockID] = item.compactMapValues { $0["S"] as? String }
            return .text(200, "{}")
        case "DeleteItem":
            state.items[request.lockID] = nil
            return .text(200, "{}")
        default:
            return .text(400, #"{"__type": "com.amazon.coral.service#UnknownOperationException"}"#)
        }
    }

    /// `attribute_not_exists(#a)` and `#a = :v`.
    private static func holds(_ document: [String: Any], _ item: [String: String]?) -> Bool {
        guard let expression = document["ConditionExpression"] as? String else { return true }
        let name = (document["ExpressionAttributeNames"] as? [String: String])?["#a"] ?? ""
        if expression.hasPrefix("attribute_not_exists") { return item?[name] == nil }
        let values = document["ExpressionAttributeValues"] as? [String: [String: Any]]
        return item?[name] != nil && item?[name] == values?[":v"]?["S"] as? String
    }

    private static func text(_ object: Any) -> String {
        (try? JSONSerialization.data(withJSONObject: object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
