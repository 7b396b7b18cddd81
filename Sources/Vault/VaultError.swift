/// Why a vault could not do what it was asked.
public enum VaultError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no vault at this place.
    case noVault(location: String)
    /// A vault, or something else, is already there.
    case alreadyExists(location: String)
    /// The vault was written by a later tfguard.
    case newerFormat(version: Int, supported: Int)
    /// The vault is encrypted and no key was given.
    case keyNeeded(location: String)
    /// None of the vault's key slots opens with what was given.
    case wrongKey(location: String)
    /// Something in the vault is missing or was altered.
    case damaged(Damage)
    /// The vault has no bytes of this version; the reason is what the run that saw it recorded.
    case notStored(state: StateID, versionID: String, reason: String)
    case unknownSnapshot(String)
    case ambiguousSnapshot(String, matches: [SnapshotID])
    /// The storage failed; nothing stored before is harmed.
    case storage(StorageError)
    /// A writer was used after its commit, or a state was recorded twice in one run.
    case misuse(String)

    public var description: String {
        switch self {
        case .noVault(let location): "there is no vault at \(location): check the location, or create one"
        case .alreadyExists(let location): "\(location) already holds a vault or other files: choose an empty folder"
        case .newerFormat(let version, let supported): "this vault has format \(version), this tfguard reads up to \(supported): use a newer tfguard"
        case .keyNeeded(let location): "the vault at \(location) is encrypted: give its passphrase"
        case .wrongKey(let location): "no key slot of the vault at \(location) opens with this passphrase"
        case .damaged(let damage): damage.description
        case .notStored(let state, let versionID, let reason): "the vault has no bytes of version \(quoted(versionID)) of \(state): \(reason)"
        case .unknownSnapshot(let id): "no snapshot \(quoted(id)) in this vault: `tfguard snapshots` lists them"
        case .ambiguousSnapshot(let id, let matches): "\(quoted(id)) begins the ids of \(matches.count) snapshots: give more digits"
        case .storage(let error): error.description
        case .misuse(let what): what
        }
    }
}

/// A part of the vault that is missing or not what was written.
public struct Damage: Error, Sendable, Hashable, CustomStringConvertible {
    /// The object's path in the vault, or a state's version.
    public var subject: String
    public var detail: String

    public init(_ subject: String, _ detail: String) {
        self.subject = subject
        self.detail = detail
    }

    public var description: String { "\(subject) is damaged: \(detail). Run `tfguard vault check --read-data` to see what else is touched" }
}

/// Text from outside, safe to print: control characters and direction marks escaped.
func quoted(_ text: String) -> String {
    "\"" + text.unicodeScalars.map { $0.properties.generalCategory == .control || $0.properties.generalCategory == .format ? $0.escaped(asASCII: true) : String($0) }.joined() + "\""
}
