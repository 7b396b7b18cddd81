/// Every lock that a site's configuration names for one state, taken and released in Terraform's order: the file first,
/// then the table.
public struct StateLock: Sendable {
    public let file: LockFile?
    public let table: LockTable?

    public init(file: LockFile?, table: LockTable?) {
        self.file = file
        self.table = table
    }

    /// Whether the site names any mechanism at all.
    public var isConfigured: Bool { file != nil || table != nil }

    /// Who holds it now, in each half.
    public func holders() async throws -> [LockHolder] {
        var holders: [LockHolder] = []
        if let holder = try await file?.holder() { holders.append(holder) }
        if let holder = try await table?.holder() { holders.append(holder) }
        return holders
    }

    /// Takes both halves, or none.
    ///
    /// - Throws: ``LockError/held(_:)`` and the others; `S3Error`, `DynamoDBError`.
    /// - Parameters:
    ///   - exclusion: what is known of the server's conditions.
    ///   - between: called when the first of two halves is held.
    public func acquire(_ info: LockInfo, exclusion: LockExclusion = .toBeProven, between: @Sendable () -> Void = {}) async throws {
        do {
            try await file?.acquire(info, exclusion: exclusion)
            if file != nil, table != nil { between() }
            try await table?.acquire(info)
        } catch {
            try await withdraw(info.id, after: error)
            throw error
        }
    }

    /// Takes back whatever of a lock was taken, also where the answer that said so was lost.
    ///
    /// - Throws: ``LockError/unclear(places:id:reason:)`` when something may be left.
    private func withdraw(_ id: String, after error: any Error) async throws {
        var unclear: [String] = []
        do { if try await file?.holder()?.info?.id == id { try await file?.release(id) } } catch { unclear += [file?.place].compactMap(\.self) }
        do { if try await table?.holder()?.info?.id == id { try await table?.release(id) } } catch { unclear += [table?.place].compactMap(\.self) }
        if !unclear.isEmpty { throw LockError.unclear(places: unclear, id: id, reason: "\(error)") }
    }

    /// Releases both halves of the lock with this ID; tries the second also when the first fails.
    ///
    /// - Parameter between: called when the first of two halves is free.
    public func release(_ id: String, between: @Sendable () -> Void = {}) async throws {
        var failure: (any Error)?
        do { try await table?.release(id) } catch { failure = error }
        if file != nil, table != nil { between() }
        do { try await file?.release(id) } catch { failure = failure ?? error }
        if let failure { throw failure }
    }

    /// Breaks the lock with this ID wherever it stands: a half that is free, or held under another ID, is left alone.
    ///
    /// - Returns: the halves that were removed.
    /// - Throws: ``LockError/notOurs(expected:found:)`` when neither half has this ID.
    public func breakLock(_ id: String) async throws -> [LockHolder] {
        let holders = try await holders()
        let named = holders.filter { $0.info?.id == id }
        guard !named.isEmpty else {
            guard let other = holders.first else { return [] }
            throw LockError.notOurs(expected: id, found: other)
        }
        for holder in named {
            switch holder.half {
            case .file: try await file?.release(id)
            case .table: try await table?.release(id)
            }
        }
        return named
    }

    /// Removes halves whose content cannot be read, which no ID can name.
    public func removeUnreadable() async throws {
        for holder in try await holders() where holder.info == nil {
            switch holder.half {
            case .file: try await file?.removeUnreadable()
            case .table: try await table?.removeUnreadable()
            }
        }
    }
}
