/// Guards a listing against servers that never end it.
public struct ListingLimits: Hashable, Sendable {
    /// Entries asked for in one page, 1 to 1000. Servers may give fewer.
    public var pageSize: Int
    /// Pages in a row without an entry that are accepted. (Legal, and seen on buckets with many deleted uploads.)
    public var maxEmptyPages: Int
    /// Pages of one listing: a billion versions with the default.
    public var maxPages: Int

    public init(pageSize: Int = 1000, maxEmptyPages: Int = 100, maxPages: Int = 1_000_000) {
        self.pageSize = min(max(1, pageSize), 1000)
        (self.maxEmptyPages, self.maxPages) = (maxEmptyPages, maxPages)
    }
}
