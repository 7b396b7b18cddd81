import Cryptography
import Glibc
import Reports
import Sites

/// The key that signs evidence: a PEM file of its owner's alone.
struct EvidenceKeyFile {
    private let path: String

    /// - Parameter given: nil for the usual place.
    init(_ given: String?, _ environment: EnvironmentVariables) throws {
        if let given {
            path = try WorkingDirectory.absolute(given)
        } else {
            guard let base = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map({ "\($0)/.config" }) else {
                throw UsageProblem("--signing-key", "there is no home folder to keep the key in", hint: "Name a file.")
            }
            path = "\(base)/tfguard/evidence-key.pem"
        }
    }

    /// The key; a new one when there is none yet.
    func key() throws -> Ed25519Key {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw FileError(path: path, call: "read", code: errno) }
            let key = try Ed25519Key()
            if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try OwnerOnlyFolder(path: String(path[..<slash])).create() }
            try OwnerOnlyFile(path: path).write(Array(key.pem.utf8))
            return key
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Complaint(.failure, path, "Others can read this key: what it signs proves nothing.", hint: "chmod 600, and think of a new key.")
        }
        guard let key = Ed25519Key(pem: try LocalFile.readText(path, limit: 16_384)) else {
            throw Complaint(.failure, path, "This is no Ed25519 key in PEM form.", hint: "openssl genpkey -algorithm ed25519 -out FILE makes one; so does tfguard when there is none.")
        }
        return key
    }
}
