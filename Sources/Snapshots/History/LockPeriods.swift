internal import S3
internal import Sites
public import Timestamps

/// When operations of Terraform held a state's lock file, as the versions of `KEY.tflock` tell: each takes the lock with a
/// version and releases it with a delete marker. All that was written to the state between the two is one operation's work.
public struct LockPeriods: Sendable, Hashable {
    private struct Period: Hashable {
        var taken: Timestamp
        /// Nil while the lock is held.
        var released: Timestamp?
    }

    /// Oldest first.
    private var periods: [Period] = []

    /// - Parameter versions: of the lock file, newest first.
    init(_ versions: [S3ObjectVersion]) {
        for version in versions.reversed() {
            // A version over another one ends that one's time too.
            if let last = periods.indices.last, periods[last].released == nil { periods[last].released = version.lastModified }
            if !version.isDeleteMarker { periods.append(Period(taken: version.lastModified)) }
        }
    }

    public var isEmpty: Bool { periods.isEmpty }

    /// The number of the period that a moment lies in, or nil: nothing was locked then, or its lock file's versions have expired.
    ///
    /// S3 tells whole seconds. Where one period ends and the next begins within the same one, the state was written in the
    /// first: Terraform writes right before it unlocks, and not right after it locked.
    public func period(at moment: Timestamp) -> Int? {
        var low = 0, high = periods.count
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].taken <= moment { low = middle + 1 } else { high = middle }
        }
        var found: Int?
        while low > 0, periods[low - 1].released.map({ $0 >= moment }) ?? true {
            low -= 1
            found = low
        }
        return found
    }
}

extension StateCatalog {
    /// When the state's lock file was held; nil when S3 was not asked for the history or did not answer.
    /// - Throws: S3's errors.
    public func lockPeriods(of list: VersionList) async throws -> LockPeriods? {
        guard list.origins.contains(.s3) else { return nil }
        let bucket = try site(list.site, reference: list.reference).bucket
        return LockPeriods(try await versions(of: list.key + ".tflock", in: bucket))
    }
}
