/// Why a storage could not do what it was asked.
public struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// There is no such object.
        case notFound
        /// The vault's folder does not exist.
        case noFolder
        /// The disk, quota or bucket is full. Nothing was harmed: make room and run again.
        case noSpace
        /// The operating system or the server does not let us.
        case accessDenied
        /// A link, folder, pipe or device stands where an object belongs.
        case notAnObject
        /// The object has fewer bytes than asked for.
        case outOfRange
        /// Anything else that failed; the number is `errno`, 0 when there is none.
        case failed(errno: Int32)
    }

    public var code: Code
    /// What was asked for: an object's path, or the vault's folder.
    public var subject: String
    /// The operation and the system's words.
    public var detail: String

    public init(_ code: Code, _ subject: String, _ detail: String) {
        self.code = code
        self.subject = subject
        self.detail = detail
    }

    public var description: String {
        switch code {
        case .notFound: "\(subject) is not in the vault"
        case .noFolder: "there is no folder \(subject)"
        case .noSpace: "no space left to write \(subject) (\(detail)); nothing stored before is harmed: make room and run again"
        case .accessDenied: "access to \(subject) denied (\(detail)): check owner and mode of the vault's folder"
        case .notAnObject: "\(subject) is not a regular file (\(detail)): remove what was put in its place"
        case .outOfRange: "\(subject) is shorter than it must be (\(detail))"
        case .failed: "\(subject): \(detail)"
        }
    }
}
