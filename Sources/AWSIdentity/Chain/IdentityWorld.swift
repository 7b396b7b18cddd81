public import HTTPTransport
public import Timestamps

/// Everything that credential sources may touch, passed in: environment, files, network, programs, clock, chance, and
/// the person who can tell an MFA code. Nothing else is read, so a chain can be replayed exactly.
public struct IdentityWorld: Sendable {
    /// The environment variables that count. Programs run by `credential_process` get these and no others.
    public var environment: [String: String]
    public var files: any AWSFiles
    public var http: any HTTPClient
    public var programs: any ProgramRunner
    /// Which certificate authorities may vouch for STS and SSO.
    public var trust: TLSTrust
    /// Whether secrets may travel over `http://` beyond this machine (never by default).
    public var plaintextPolicy: PlaintextPolicy
    /// Asks for the code that the MFA device with this serial number shows; nil when nobody can be asked.
    public var mfaCode: (@Sendable (_ serial: String) async throws -> String)?
    public var now: @Sendable () -> Timestamp
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 up to, not including, 1.
    public var random: @Sendable () -> Double

    public init(
        environment: [String: String],
        files: any AWSFiles = LocalFiles(),
        http: any HTTPClient,
        programs: any ProgramRunner = LocalPrograms(),
        trust: TLSTrust = .system,
        plaintextPolicy: PlaintextPolicy = .loopbackOnly,
        mfaCode: (@Sendable (_ serial: String) async throws -> String)? = nil,
        now: @escaping @Sendable () -> Timestamp = { .now() },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        self.environment = environment
        self.files = files
        self.http = http
        self.programs = programs
        self.trust = trust
        self.plaintextPolicy = plaintextPolicy
        self.mfaCode = mfaCode
        self.now = now
        self.sleep = sleep
        self.random = random
    }
}
