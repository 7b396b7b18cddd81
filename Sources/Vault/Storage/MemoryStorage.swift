internal import Synchronization

/// A vault in memory, for tests and dry runs.
public final class MemoryStorage: VaultStorage {
    public let location = "memory"
    private let objects = Mutex<[ObjectName: [UInt8]]>([:])

    public init() {}

    /// A copy of everything that `other` holds at this moment.
    public init(copying other: MemoryStorage) {
        let copy = other.objects.withLock { $0 }
        objects.withLock { $0 = copy }
    }

    public func putIfAbsent(_ name: ObjectName, _ bytes: [UInt8]) async throws(StorageError) -> Bool {
        objects.withLock { objects in
            if objects[name] != nil { return false }
            objects[name] = bytes
            return true
        }
    }

    public func get(_ name: ObjectName, range: Range<Int>?) async throws(StorageError) -> [UInt8] {
        guard let bytes = objects.withLock({ $0[name] }) else { throw StorageError(.notFound, name.path, "get") }
        guard let range else { return bytes }
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw StorageError(.outOfRange, name.path, "\(bytes.count) bytes, bytes \(range.lowerBound) to \(range.upperBound) wanted")
        }
        return Array(bytes[range])
    }

    public func size(of name: ObjectName) async throws(StorageError) -> Int? {
        objects.withLock { $0[name]?.count }
    }

    public func list(_ folder: ObjectName.Folder) async throws(StorageError) -> StorageListing {
        StorageListing(objects: objects.withLock { $0.filter { $0.key.folder == folder }.map { .init(name: $0.key, size: $0.value.count) } })
    }

    public func delete(_ name: ObjectName) async throws(StorageError) {
        objects.withLock { _ = $0.removeValue(forKey: name) }
    }

    public func removeLeftovers() async throws(StorageError) -> Int { 0 }

    /// Replaces an object without asking: tests damage vaults with it.
    public func overwrite(_ name: ObjectName, _ bytes: [UInt8]) {
        objects.withLock { $0[name] = bytes }
    }
}
