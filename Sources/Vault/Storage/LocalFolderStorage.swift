internal import Glibc
internal import Synchronization

/// A vault in a local folder.
///
/// Everything is opened relative to the folder's descriptor and without following links, so that nothing planted beneath
/// it can lead outside. Folders are 0700 and files 0600 whatever the umask. An object is written to `tmp/`, synced,
/// linked to its name and its folder synced: after kill -9 or a power cut it is there whole or not at all.
public final class LocalFolderStorage: VaultStorage {
    public let location: String
    private let root: FolderDescriptor
    private let folders = Mutex<[String: FolderDescriptor]>([:])
    private let temporaryNames = Atomic<Int>(0)

    /// Opens an existing folder.
    ///
    /// - Throws: `StorageError` with code `noFolder` when there is none.
    public convenience init(existing path: String) throws(StorageError) {
        let descriptor: Int32
        do {
            descriptor = try systemCall("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        } catch {
            throw error.code == .notFound ? StorageError(.noFolder, path, error.detail) : error
        }
        self.init(path: path, descriptor: descriptor)
    }

    /// Opens a folder, making it with mode 0700 if it is not there; its parent must exist.
    public convenience init(creating path: String) throws(StorageError) {
        if mkdir(path, 0o700) == 0 {
            _ = try systemCall("chmod", path) { chmod(path, 0o700) }
            Self.syncParent(of: path)
        } else if errno != EEXIST {
            throw StorageError(errno: errno, call: "mkdir", subject: path)
        }
        try self.init(existing: path)
    }

    private init(path: String, descriptor: Int32) {
        location = path
        root = FolderDescriptor(descriptor)
    }

    public func putIfAbsent(_ name: ObjectName, _ bytes: [UInt8]) async throws(StorageError) -> Bool {
        let folder = try self.folder(name.folder.rawValue, creating: true)
        let temporary = try self.folder("tmp", creating: true)
        // A cleaner may remove a temporary file in the instant before its lock is taken; then the whole is done again.
        for _ in 0..<8 {
            let unique = "\(getpid())-\(temporaryNames.add(1, ordering: .relaxed).newValue)"
            guard let written = try write(bytes, as: name, through: unique, in: temporary, to: folder) else { continue }
            // Also when another writer was first: it may not have come to this line yet, and may never.
            _ = try systemCall("fsync", name.path) { fsync(folder.number) }
            return written
        }
        throw StorageError(.failed(errno: 0), name.path, "its temporary file vanished again and again: does another program clean \(location)/tmp?")
    }

    /// - Returns: nil when the temporary file was removed by a cleaner.
    private func write(_ bytes: [UInt8], as name: ObjectName, through unique: String, in temporary: FolderDescriptor, to folder: FolderDescriptor) throws(StorageError) -> Bool? {
        if faccessat(folder.number, name.name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 { return false }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let number = openat(temporary.number, unique, flags, 0o600)
        if number == -1, errno == EEXIST { return nil }
        let file = Descriptor(try systemCall("open", name.path) { number == -1 ? openat(temporary.number, unique, flags, 0o600) : number })
        defer { unlinkat(temporary.number, unique, 0) }
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { return nil }
        _ = try systemCall("fchmod", name.path) { fchmod(file.number, 0o600) }
        var done = 0
        while done < bytes.count {
            done += try systemCall("write", name.path) { bytes.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress.map { $0 + done }, bytes.count - done) } }
        }
        _ = try systemCall("fsync", name.path) { fsync(file.number) }
        if linkat(temporary.number, unique, folder.number, name.name, 0) == 0 { return true }
        let reason = errno
        if reason == EEXIST { return false }
        if reason == ENOENT { return nil }
        // File systems without hard links (FAT, some network mounts): a rename. Should another writer be first in this
        // instant, its object is replaced by one of the same name, which is made from the contents.
        guard reason == EPERM || reason == EOPNOTSUPP || reason == ENOSYS else { throw StorageError(errno: reason, call: "link", subject: name.path) }
        _ = try systemCall("rename", name.path) { renameat(temporary.number, unique, folder.number, name.name) }
        return true
    }

    public func get(_ name: ObjectName, range: Range<Int>?) async throws(StorageError) -> [UInt8] {
        let (file, size) = try openObject(name)
        let wanted = range ?? 0..<size
        guard wanted.lowerBound >= 0, wanted.upperBound <= size else {
            throw StorageError(.outOfRange, name.path, "\(size) bytes, bytes \(wanted.lowerBound) to \(wanted.upperBound) wanted")
        }
        var failure: StorageError?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(wanted.count, 1)) { buffer, filled in
            while filled < wanted.count, failure == nil {
                do throws(StorageError) {
                    let base = buffer.baseAddress.map { $0 + filled }
                    let count = try systemCall("read", name.path) { pread(file.number, base, wanted.count - filled, off_t(wanted.lowerBound + filled)) }
                    if count == 0 { throw StorageError(.outOfRange, name.path, "it ended while being read") }
                    filled += count
                } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    public func size(of name: ObjectName) async throws(StorageError) -> Int? {
        do {
            return try openObject(name).size
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    private func openObject(_ name: ObjectName) throws(StorageError) -> (file: FolderDescriptor, size: Int) {
        let folder = try self.folder(name.folder.rawValue, creating: false)
        // O_NONBLOCK: a planted pipe must not make us wait for a writer.
        let file = FolderDescriptor(try systemCall("open", name.path) { openat(folder.number, name.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) })
        var status = stat()
        _ = try systemCall("stat", name.path) { fstat(file.number, &status) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StorageError(.notAnObject, name.path, "file type \(status.st_mode & S_IFMT)") }
        return (file, Int(status.st_size))
    }

    public func list(_ folder: ObjectName.Folder) async throws(StorageError) -> StorageListing {
        var listing = StorageListing()
        for (entry, status) in try entries(of: folder.rawValue) {
            if folder == .root, status.st_mode & S_IFMT == S_IFDIR, entry == "tmp" || ObjectName.Folder.allCases.contains(where: { $0.rawValue == entry }) { continue }
            if status.st_mode & S_IFMT == S_IFREG, let name = ObjectName(folder, entry) {
                listing.objects.append(.init(name: name, size: Int(status.st_size)))
            } else {
                listing.strangers.append(folder == .root ? entry : "\(folder.rawValue)/\(entry)")
            }
        }
        return listing
    }

    public func delete(_ name: ObjectName) async throws(StorageError) {
        do {
            let folder = try self.folder(name.folder.rawValue, creating: false)
            _ = try systemCall("unlink", name.path) { unlinkat(folder.number, name.name, 0) }
            _ = try systemCall("fsync", name.path) { fsync(folder.number) }
        } catch {
            if error.code != .notFound { throw error }
        }
    }

    public func removeLeftovers() async throws(StorageError) -> Int {
        var removed = 0
        for (entry, status) in try entries(of: "tmp") where status.st_mode & S_IFMT == S_IFREG {
            let temporary = try folder("tmp", creating: false)
            let number = openat(temporary.number, entry, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard number != -1 else { continue }
            let file = Descriptor(number)
            // Its writer holds the lock as long as it lives.
            if flock(file.number, LOCK_EX | LOCK_NB) == 0, unlinkat(temporary.number, entry, 0) == 0 { removed += 1 }
        }
        return removed
    }

    /// Names and status of what is directly in a folder; empty when it does not exist.
    private func entries(of folder: String) throws(StorageError) -> [(name: String, status: stat)] {
        let descriptor: FolderDescriptor
        do {
            descriptor = try self.folder(folder, creating: false)
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
        // A descriptor of its own, because reading a folder moves the position that duplicates share.
        let number = try systemCall("open", folder) { openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(number) else {
            close(number)
            throw StorageError(errno: errno, call: "fdopendir", subject: folder)
        }
        defer { closedir(stream) }
        var found: [(String, stat)] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            var status = stat()
            guard name != ".", name != "..", fstatat(descriptor.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            found.append((name, status))
        }
        return found
    }

    private func folder(_ name: String, creating: Bool) throws(StorageError) -> FolderDescriptor {
        if name.isEmpty { return root }
        if let known = folders.withLock({ $0[name] }) { return known }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var number = openat(root.number, name, flags)
        if number == -1, errno == ENOENT, creating {
            if mkdirat(root.number, name, 0o700) == -1, errno != EEXIST { throw StorageError(errno: errno, call: "mkdir", subject: name) }
            number = openat(root.number, name, flags)
            if number != -1 {
                _ = try systemCall("fchmod", name) { fchmod(number, 0o700) }
                _ = try systemCall("fsync", name) { fsync(self.root.number) }
            }
        }
        guard number != -1 else { throw StorageError(errno: errno, call: "open", subject: name) }
        let folder = FolderDescriptor(number)
        return folders.withLock { known in
            if let other = known[name] { return other }
            known[name] = folder
            return folder
        }
    }

    private static func syncParent(of path: String) {
        let parent = open("\(path)/..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if parent != -1 {
            fsync(parent)
            close(parent)
        }
    }
}

/// A descriptor that several tasks share; closed when the last one lets go.
private final class FolderDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }
}
