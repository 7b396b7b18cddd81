/// Everything that the vault knows about one state.
public struct StateHistory: Sendable, Hashable {
    public var state: StateID
    /// Newest first, in S3's order; versions that S3 lost stand where they stood.
    public var versions: [VaultVersion]
    /// Parts of the history that could not be read: `versions` lacks what they held. Say so to the user.
    public var damages: [Damage] = []

    /// The remembered version with the same id, ETag and size.
    public func version(matching listed: ListedVersion) -> VaultVersion? {
        let wanted = listed.identity
        return versions.first { $0.listed.identity == wanted }
    }
}
