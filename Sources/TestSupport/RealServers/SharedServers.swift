/// One server of each kind for all suites of a test process, started when first asked for. Suites keep out of each
/// other's way by bucket names of their own (``uniqueBucketName(_:)``).
public actor SharedServers {
    public static let shared = SharedServers()

    private var starting: [RealServerKind: Task<RealServer, any Error>] = [:]

    /// The server, up and answering.
    /// - Throws: ``RealServerUnavailable``, again at each call.
    public func server(_ kind: RealServerKind) async throws -> RealServer {
        let task = starting[kind] ?? Task { try await RealServer.start(kind) }
        starting[kind] = task
        return try await task.value
    }

    /// The kinds that can be had here. Suites are given these as arguments; the others are reported on standard error.
    public static func available() async -> [RealServerKind] {
        var kinds: [RealServerKind] = []
        for kind in RealServerKind.allCases where await isAvailable(kind) { kinds.append(kind) }
        return kinds
    }

    /// For `.enabled(if:)`: whether the server can be had; says why when not.
    public static func isAvailable(_ kind: RealServerKind) async -> Bool {
        do {
            _ = try await shared.server(kind)
            return true
        } catch {
            complain("tests against \(kind) are SKIPPED: \(error)\n")
            return false
        }
    }
}

/// A bucket name that nobody else has.
public func uniqueBucketName(_ purpose: String = "test") -> String {
    "\(purpose)-\(UInt64.random(in: 0 ... .max))"
}
