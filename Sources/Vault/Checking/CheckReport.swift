/// How closely a check looks.
public enum CheckDepth: Sendable, Hashable {
    /// Every record, list, history, manifest and pack directory; no state bytes.
    case structure
    /// Also the bytes of packs. With 100 percent every byte of the vault is read and every stored version is put together
    /// and proven by its SHA-256. With less, that share of the packs, chosen by `seed`, is proven by their names.
    case readData(percent: Int, seed: UInt64)

    /// Every byte.
    public static let readAllData = CheckDepth.readData(percent: 100, seed: 0)
}

/// How far a check has come.
public struct CheckProgress: Sendable, Hashable {
    public var packs: Int
    public var packsTotal: Int
    public var states: Int
    public var statesTotal: Int
    public var bytesRead: Int64
}

/// What a check found.
public struct CheckReport: Sendable, Hashable {
    /// A version whose bytes, or whose record, damage touches.
    public struct TouchedVersion: Sendable, Hashable {
        public var state: StateID
        public var versionID: String
        public var detail: String
    }

    /// Missing or altered parts of the vault.
    public var damages: [Damage] = []
    /// The versions that can no longer be read because of them, each once.
    public var touched: [TouchedVersion] = []
    /// The states of whose history a part cannot be read.
    public var touchedHistories: [StateID] = []
    /// What is there and is explained, such as leftovers of unfinished runs.
    public var notes: [String] = []

    public var snapshots = 0
    public var states = 0
    public var versions = 0
    /// Different files among the versions.
    public var contents = 0
    public var packs = 0
    public var bytesRead: Int64 = 0

    public var isSound: Bool { damages.isEmpty && touched.isEmpty && touchedHistories.isEmpty }
}
