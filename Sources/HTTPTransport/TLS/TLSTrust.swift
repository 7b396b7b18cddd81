internal import Glibc

/// Which certificate authorities may vouch for a server. Verification itself is always on, with TLS 1.2 or newer.
///
/// Whatever is named replaces the system's authorities; it is never added to them.
public struct TLSTrust: Sendable, Hashable {
    /// The setting that named the authorities.
    public enum Origin: String, Sendable, Hashable {
        case system = "the system's certificate store"
        case explicit = "an explicit setting"
        case awsCABundle = "AWS_CA_BUNDLE"
        case profile = "ca_bundle"
        case sslCertFile = "SSL_CERT_FILE"
        case sslCertDirectory = "SSL_CERT_DIR"
    }

    /// A PEM file of certificate authorities.
    public let file: String?
    /// A directory of PEM files named by hash (`openssl rehash`).
    public let directory: String?
    public let origin: Origin

    /// The authorities libcurl was built to use, such as `/etc/ssl/certs/ca-certificates.crt`.
    public static let system = TLSTrust(file: nil, directory: nil, origin: .system)

    /// Only the authorities in this PEM file.
    ///
    /// - Throws: ``TLSTrustError`` when it is no readable file.
    public static func bundle(_ path: String, origin: Origin = .explicit) throws(TLSTrustError) -> TLSTrust {
        try requireReadable(path, directory: false, origin: origin)
        return TLSTrust(file: path, directory: nil, origin: origin)
    }

    /// Chooses by `AWS_CA_BUNDLE`, then the profile's `ca_bundle`, then `SSL_CERT_FILE` and `SSL_CERT_DIR` together,
    /// then the system's. Empty values count as absent. A named file that is missing is an error, never skipped.
    ///
    /// - Parameter profileBundle: `ca_bundle` of the AWS profile in use.
    /// - Throws: ``TLSTrustError`` when what is named cannot be read.
    public static func resolve(environment: [String: String], profileBundle: String? = nil) throws(TLSTrustError) -> TLSTrust {
        func named(_ value: String?) -> String? { value.flatMap { $0.isEmpty ? nil : $0 } }
        if let path = named(environment["AWS_CA_BUNDLE"]) { return try bundle(path, origin: .awsCABundle) }
        if let path = named(profileBundle) { return try bundle(path, origin: .profile) }
        let file = named(environment["SSL_CERT_FILE"])
        let directory = named(environment["SSL_CERT_DIR"])
        if let file { try requireReadable(file, directory: false, origin: .sslCertFile) }
        if let directory { try requireReadable(directory, directory: true, origin: .sslCertDirectory) }
        guard file != nil || directory != nil else { return .system }
        return TLSTrust(file: file, directory: directory, origin: file != nil ? .sslCertFile : .sslCertDirectory)
    }

    private static func requireReadable(_ path: String, directory: Bool, origin: Origin) throws(TLSTrustError) {
        var status = stat()
        guard !path.utf8.contains(0), stat(path, &status) == 0, access(path, R_OK) == 0 else {
            throw TLSTrustError(path: path, origin: origin, reason: String(cString: strerror(errno)))
        }
        if directory != (status.st_mode & S_IFMT == S_IFDIR) {
            throw TLSTrustError(path: path, origin: origin, reason: directory ? "not a directory" : "is a directory")
        }
        if !directory, status.st_size == 0, status.st_mode & S_IFMT == S_IFREG {
            throw TLSTrustError(path: path, origin: origin, reason: "the file is empty")
        }
    }
}
