internal import Synchronization
public import Vault

/// A storage that fails when told to, for tests of what a run leaves behind when it dies.
public final class FaultyStorage: VaultStorage {
    /// What happens at the chosen operation, and at every later one.
    public enum Fault: Sendable, Equatable {
        /// The process dies before the operation is done.
        case stop
        /// The operation is done, then the process dies: the answer is lost.
        case stopAfter
        /// A put leaves the first half of its bytes as a dead writer's leftover, then the process dies.
        case tornWrite
        /// The disk is full for this put only.
        case noSpace
    }

    private struct State {
        var operations = 0
        var isDead = false
        var log: [String] = []
    }

    private let base: any VaultStorage
    private let fault: Fault
    /// Counts puts and deletes, from 1; nil never fails.
    private let at: Int?
    private let onTear: @Sendable (ObjectName, [UInt8]) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - at: the operation that fails: the nth put or delete, counted from 1; nil for none.
    ///   - onTear: leaves half an object where a dead writer would.
    public init(_ base: any VaultStorage, _ fault: Fault = .stop, at: Int? = nil, onTear: @escaping @Sendable (ObjectName, [UInt8]) -> Void = { _, _ in }) {
        self.base = base
        self.fault = fault
        self.at = at
        self.onTear = onTear
    }

    public var location: String { base.location }

    /// How many puts and deletes were asked for.
    public var changes: Int { state.withLock { $0.operations } }
    /// How many reads, lists and changes were asked for, by name: `get data/…`.
    public var log: [String] { state.withLock { $0.log } }

    public func putIfAbsent(_ name: ObjectName, _ bytes: [UInt8]) async throws(StorageError) -> Bool {
        switch try change("put \(name)") {
        case nil:
            return try await base.putIfAbsent(name, bytes)
        case .stopAfter:
            _ = try await base.putIfAbsent(name, bytes)
            throw Self.dead
        case .tornWrite:
            onTear(name, Array(bytes.prefix(bytes.count / 2)))
            throw Self.dead
        case .noSpace:
            throw StorageError(.noSpace, name.path, "no space left on device")
        case .stop:
            throw Self.dead
        }
    }

    public func get(_ name: ObjectName, range: Range<Int>?) async throws(StorageError) -> [UInt8] {
        try read("get \(name)")
        return try await base.get(name, range: range)
    }

    public func size(of name: ObjectName) async throws(StorageError) -> Int? {
        try read("size \(name)")
        return try await base.size(of: name)
    }

    public func list(_ folder: ObjectName.Folder) async throws(StorageError) -> StorageListing {
        try read("list \(folder.rawValue)")
        return try await base.list(folder)
    }

    public func delete(_ name: ObjectName) async throws(StorageError) {
        switch try change("delete \(name)") {
        case nil, .noSpace:
            try await base.delete(name)
        case .stopAfter:
            try await base.delete(name)
            throw Self.dead
        case .stop, .tornWrite:
            throw Self.dead
        }
    }

    public func removeLeftovers() async throws(StorageError) -> Int {
        try read("removeLeftovers")
        return try await base.removeLeftovers()
    }

    private static let dead = StorageError(.failed(errno: 0), "the storage", "the process died here (injected by a test)")

    private func read(_ entry: String) throws(StorageError) {
        let isDead = state.withLock { state in
            state.log.append(entry)
            return state.isDead
        }
        if isDead { throw Self.dead }
    }

    /// - Returns: the fault to play, nil for none.
    private func change(_ entry: String) throws(StorageError) -> Fault? {
        let outcome: (isDead: Bool, fault: Fault?) = state.withLock { state in
            state.log.append(entry)
            state.operations += 1
            if state.isDead { return (true, nil) }
            guard state.operations == at else { return (false, nil) }
            state.isDead = fault != .noSpace
            return (false, fault)
        }
        if outcome.isDead { throw Self.dead }
        return outcome.fault
    }
}
