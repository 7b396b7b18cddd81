/// A request as the ``ScriptedServer`` read it.
public struct ScriptedRequest: Sendable {
    public let method: String
    /// Path and query, byte for byte as sent.
    public let target: String
    /// In the order sent, names as written.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
    /// Counts the connections of the server from 0: two requests with one number came over the same connection.
    public let connection: Int
    /// Counts the requests of the server from 0.
    public let number: Int

    /// The first value of a header, whatever the case of its name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The part of the target before `?`.
    public var path: String {
        String(target.prefix { $0 != "?" })
    }

    /// The query items in order, percent-decoded. An item without `=` has an empty value.
    public var query: [(name: String, value: String)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (percentDecoded(parts[0]), parts.count > 1 ? percentDecoded(parts[1]) : "")
        }
    }

    /// The first query item of this name, nil when absent.
    public func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }
}

/// Undoes percent-encoding; bytes that are no UTF-8 become U+FFFD, a `%` without two hex digits stays.
public func percentDecoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
