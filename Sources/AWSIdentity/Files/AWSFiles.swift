/// The few things that credentials need from a file system. Passed in, so that a whole chain can be replayed in memory.
public protocol AWSFiles: Sendable {
    /// The whole content of a regular file.
    ///
    /// - Parameter limit: the largest size in bytes that makes sense for this file; a larger one is refused.
    /// - Throws: ``FileAccessError``, with ``FileAccessError/Reason/missing`` when there is no such file.
    func read(_ path: String, limit: Int) throws(FileAccessError) -> FileContents

    /// Puts `bytes` in the place of the file in one step: readers see the old or the new content, never a part; mode
    /// 0600 whatever it was before.
    func replace(_ path: String, with bytes: [UInt8]) throws(FileAccessError)

    /// The home directory of the account, for when the environment names none.
    var homeDirectory: String? { get }
}

/// What a file holds, and who else may read it.
public struct FileContents: Sendable, Hashable {
    public var bytes: [UInt8]
    /// True when group or others may read the file.
    public var isReadableByOthers: Bool

    public init(bytes: [UInt8], isReadableByOthers: Bool = false) {
        self.bytes = bytes
        self.isReadableByOthers = isReadableByOthers
    }
}

/// A file that could not be read or written.
public struct FileAccessError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        /// There is no such file or directory.
        case missing
        /// A directory, pipe, socket or device.
        case notAFile
        /// Larger than `limit` bytes.
        case tooLarge(limit: Int)
        /// The system said no; `code` is its errno and `message` its text.
        case system(code: Int32, message: String)
    }

    public let path: String
    public let reason: Reason

    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    public var description: String {
        switch reason {
        case .missing: "\(path): no such file or directory"
        case .notAFile: "\(path): not a regular file"
        case .tooLarge(let limit): "\(path): larger than \(limit) bytes"
        case .system(_, let message): "\(path): \(message)"
        }
    }
}
