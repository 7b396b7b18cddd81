/// Where a listing continues.
struct ListingCursor: Hashable, Sendable {
    var keyMarker: String
    var versionIDMarker: String?
}
