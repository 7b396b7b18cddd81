internal import Sites

/// Brings the keys of two listings together, whatever one side lacks.
///
/// Listings are sorted by key, so one pass in step is enough and holds no more than a few pages. A server that sorts in its
/// own way is noticed, and merged through a table of one side instead.
struct KeyMerge {
    let source: SideFeed
    let replica: SideFeed
    let order: KeyOrder

    enum Side: Sendable { case source, replica }

    /// A side that could not be listed.
    struct SideFailure: Error {
        var side: Side
        var error: any Error
    }

    /// A listing is not sorted by key bytes.
    struct Unsorted: Error {}

    /// Calls `body` once for each key, with what each side has of it.
    /// - Throws: ``SideFailure``, ``Unsorted``, `CancellationError`, and what `body` throws.
    func inStep(_ body: (KeyVersions?, KeyVersions?) async throws -> Void) async throws {
        try await withFeeds { left, right in
            var left = Reader(queue: left, side: .source, order: order, demandsOrder: true)
            var right = Reader(queue: right, side: .replica, order: order, demandsOrder: true)
            var (ours, theirs) = (try await left.next(), try await right.next())
            while ours != nil || theirs != nil {
                let both = ours.flatMap { ours in theirs.map { ours.key.utf8.elementsEqual($0.key.utf8) } } ?? false
                let oursFirst = ours.map { ours in theirs.map { order.precedes(ours.key, $0.key) } ?? true } ?? false
                if both {
                    try await body(ours, theirs)
                    (ours, theirs) = (try await left.next(), try await right.next())
                } else if oursFirst {
                    try await body(ours, nil)
                    ours = try await left.next()
                } else {
                    try await body(nil, theirs)
                    theirs = try await right.next()
                }
            }
        }
    }

    /// The same for listings in any order, and for keys that come in several places. Holds both sides.
    func throughTable(_ body: (KeyVersions?, KeyVersions?) async throws -> Void) async throws {
        try await withFeeds { left, right in
            var ours: [[UInt8]: KeyVersions] = [:]
            var theirs: [[UInt8]: KeyVersions] = [:]
            var reader = Reader(queue: left, side: .source, order: order, demandsOrder: false)
            while let key = try await reader.next() { ours[Array(key.key.utf8), default: KeyVersions(key: key.key, versions: [])].versions += key.versions }
            reader = Reader(queue: right, side: .replica, order: order, demandsOrder: false)
            while let key = try await reader.next() { theirs[Array(key.key.utf8), default: KeyVersions(key: key.key, versions: [])].versions += key.versions }
            for key in Set(ours.keys).union(theirs.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) { try await body(ours[key], theirs[key]) }
        }
    }

    private func withFeeds(_ body: (BatchQueue, BatchQueue) async throws -> Void) async throws {
        let (left, right) = (BatchQueue(), BatchQueue())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [source] in await source.deliver(into: left) }
            group.addTask { [replica] in await replica.deliver(into: right) }
            do {
                try await body(left, right)
            } catch {
                await left.close()
                await right.close()
                group.cancelAll()
                throw error
            }
        }
    }

    /// One side, key by key.
    private struct Reader {
        let queue: BatchQueue
        let side: Side
        let order: KeyOrder
        let demandsOrder: Bool
        var batch: [KeyVersions] = []
        var place = 0
        var last: String?

        mutating func next() async throws -> KeyVersions? {
            while place == batch.count {
                do {
                    guard let more = try await queue.next() else { return nil }
                    (batch, place) = (more, 0)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    throw SideFailure(side: side, error: error)
                }
            }
            let key = batch[place]
            place += 1
            if demandsOrder, let last, !order.precedes(last, key.key) { throw Unsorted() }
            last = key.key
            return key
        }
    }
}
