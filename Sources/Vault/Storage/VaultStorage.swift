/// Where a vault keeps its objects: a folder, memory, a bucket.
///
/// Contract, which one conformance suite checks on every implementation:
/// - Objects are written once. `putIfAbsent` is atomic: other readers see nothing or all of it, and when it returns the
///   object survives a power cut. Of several writers of one name exactly one is told true.
/// - A failed `putIfAbsent` leaves nothing under the name, or all of it when only the answer was lost; repeating it is
///   harmless, because names are made from contents.
/// - `get` returns exactly the bytes that were put.
/// - `list` tells every object whose put had returned before the call.
/// - `delete` of what is not there succeeds.
public protocol VaultStorage: Sendable {
    /// A short text for messages: a path, an `s3://` URL.
    var location: String { get }

    /// Stores an object unless one of that name exists.
    ///
    /// - Returns: false when the name was taken; nothing was changed then.
    func putIfAbsent(_ name: ObjectName, _ bytes: [UInt8]) async throws(StorageError) -> Bool

    /// The whole object, or `range` of it; a range that reaches beyond the end is an error, never a short answer.
    func get(_ name: ObjectName, range: Range<Int>?) async throws(StorageError) -> [UInt8]

    /// The size in bytes, nil when there is no such object.
    func size(of name: ObjectName) async throws(StorageError) -> Int?

    /// Everything in a folder, in no particular order; an absent folder is empty.
    func list(_ folder: ObjectName.Folder) async throws(StorageError) -> StorageListing

    func delete(_ name: ObjectName) async throws(StorageError)

    /// Removes what writers that died left behind, and says how many leftovers it removed. Never touches the leftovers
    /// of writers that live.
    func removeLeftovers() async throws(StorageError) -> Int
}

/// What a folder of a storage holds.
public struct StorageListing: Sendable, Equatable {
    /// An object and its size in bytes.
    public struct Entry: Sendable, Hashable {
        public var name: ObjectName
        public var size: Int

        public init(name: ObjectName, size: Int) {
            self.name = name
            self.size = size
        }
    }

    public var objects: [Entry]
    /// Names that no vault ever writes: files of others, links, devices. They are never opened.
    public var strangers: [String]

    public init(objects: [Entry] = [], strangers: [String] = []) {
        self.objects = objects
        self.strangers = strangers
    }
}

extension VaultStorage {
    /// The whole object.
    public func get(_ name: ObjectName) async throws(StorageError) -> [UInt8] {
        try await get(name, range: nil)
    }
}
