/// The name of an object in a vault: a folder of the format and a name that the format made.
///
/// Names hold lower-case letters, digits, `-` and `.` only and never begin with a dot: what S3 calls a state (its key)
/// lives inside records and can never reach a file system.
public struct ObjectName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The folders of the format, in the order in which the format article lists them.
    public enum Folder: String, Sendable, CaseIterable, Hashable {
        case root = ""
        case keys, data, meta, snapshots, witnesses, journal, forgotten, locks
        /// What runs of `tfguard verify` saw, one small object a run: kept for the lag of replication over time.
        case replication
        /// What runs of `tfguard snapshot` found to be no states, so that the next need not read it again.
        case examined
    }

    public let folder: Folder
    public let name: String

    /// - Returns: nil when the name holds anything that the format never writes.
    public init?(_ folder: Folder, _ name: String) {
        guard (1...160).contains(name.utf8.count), name.utf8.first != UInt8(ascii: "."), name.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.folder = folder
        self.name = name
    }

    init(trusted folder: Folder, _ name: String) {
        self.folder = folder
        self.name = name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
    }

    /// `folder/name`, as it is beneath a local folder or an S3 prefix.
    public var path: String {
        folder == .root ? name : "\(folder.rawValue)/\(name)"
    }

    public var description: String { path }

    public static func < (left: Self, right: Self) -> Bool {
        (left.folder.rawValue, left.name) < (right.folder.rawValue, right.name)
    }
}
