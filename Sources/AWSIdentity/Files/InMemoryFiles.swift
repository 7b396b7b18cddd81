internal import Synchronization

/// Files that exist in memory only, for replays and tests.
public final class InMemoryFiles: AWSFiles {
    private let files: Mutex<[String: [UInt8]]>

    public init(_ files: [String: [UInt8]] = [:]) {
        self.files = Mutex(files)
    }

    /// Files with these texts.
    public convenience init(texts: [String: String]) {
        self.init(texts.mapValues { Array($0.utf8) })
    }

    public func read(_ path: String, limit: Int) throws(FileAccessError) -> FileContents {
        guard let bytes = files.withLock({ $0[path] }) else { throw FileAccessError(path: path, reason: .missing) }
        guard bytes.count <= limit else { throw FileAccessError(path: path, reason: .tooLarge(limit: limit)) }
        return FileContents(bytes: bytes)
    }

    public func replace(_ path: String, with bytes: [UInt8]) throws(FileAccessError) {
        files.withLock { $0[path] = bytes }
    }

    public var homeDirectory: String? { nil }
}
