internal import Glibc
internal import S3
public import Sites
internal import StateJSON
internal import Timestamps

/// Where a drill restores to: a place that is nobody's state, and is empty again afterwards.
public enum ScratchPlace: Sendable {
    /// A folder; a new one is made inside.
    case folder(String)
    /// A site: below `.tfguard/drill/`, where no discovery looks.
    case site(Site)

    /// Makes the place ready for a run.
    ///
    /// - Throws: ``DrillError``; `S3Error`.
    func open(id: String) throws -> any Scratch {
        switch self {
        case .folder(let parent): try FolderScratch(parent: parent, id: id)
        case .site(let site): BucketScratch(site: site, folder: "\(OwnFolder.path(in: site.settings))drill/\(id)/")
        }
    }
}

/// An open scratch place.
protocol Scratch: AnyObject, Sendable {
    /// For people.
    var place: String { get }
    /// Writes what must not be there yet.
    func write(_ bytes: StateBytes, key: String) async throws
    func read(_ key: String) async throws -> StateBytes
    /// Removes everything that was written.
    /// - Returns: what is left, and why.
    func clean() async -> [String]
}

/// Why a drill could not begin.
public enum DrillError: Error, Sendable, CustomStringConvertible {
    case folder(path: String, call: String, code: Int32)

    /// What it is about.
    public var subject: String {
        switch self {
        case .folder(let path, _, _): path
        }
    }

    /// What happened.
    public var message: String {
        switch self {
        case .folder(_, let call, let code): "\(call): \(String(cString: strerror(code)))"
        }
    }

    public var description: String { "\(subject): \(message)" }
}
