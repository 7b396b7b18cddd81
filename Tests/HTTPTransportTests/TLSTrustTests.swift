import HTTPTransport
import TestSupport
import Testing

@Suite struct TLSTrustTests {
    let directory: TemporaryDirectory
    let bundle: String

    init() throws {
        directory = try TemporaryDirectory()
        bundle = try directory.write("-----BEGIN CERTIFICATE-----\n", to: "ca.pem")
    }

    @Test func nothingNamedMeansTheSystem() throws {
        #expect(try TLSTrust.resolve(environment: [:]) == .system)
        #expect(try TLSTrust.resolve(environment: ["AWS_CA_BUNDLE": "", "SSL_CERT_FILE": ""], profileBundle: "") == .system)
    }

    @Test func theOrderIsEnvironmentThenProfileThenSSLVariables() throws {
        let other = try directory.write("x", to: "other.pem")
        let third = try directory.write("x", to: "third.pem")
        var environment = ["AWS_CA_BUNDLE": bundle, "SSL_CERT_FILE": third, "SSL_CERT_DIR": directory.path]
        var trust = try TLSTrust.resolve(environment: environment, profileBundle: other)
        #expect(trust.file == bundle && trust.directory == nil && trust.origin == .awsCABundle)
        environment["AWS_CA_BUNDLE"] = nil
        trust = try TLSTrust.resolve(environment: environment, profileBundle: other)
        #expect(trust.file == other && trust.directory == nil && trust.origin == .profile)
        trust = try TLSTrust.resolve(environment: environment)
        #expect(trust.file == third && trust.directory == directory.path && trust.origin == .sslCertFile)
        environment["SSL_CERT_FILE"] = nil
        trust = try TLSTrust.resolve(environment: environment)
        #expect(trust.file == nil && trust.directory == directory.path && trust.origin == .sslCertDirectory)
    }

    @Test func aNamedFileThatIsMissingIsAnErrorAndNeverSkipped() throws {
        let missing = directory.file("missing.pem")
        let error = #expect(throws: TLSTrustError.self) { try TLSTrust.resolve(environment: ["AWS_CA_BUNDLE": missing, "SSL_CERT_FILE": bundle]) }
        #expect(error?.path == missing)
        #expect(error?.description.contains("AWS_CA_BUNDLE") == true)
        #expect(throws: TLSTrustError.self) { try TLSTrust.resolve(environment: [:], profileBundle: missing) }
        #expect(throws: TLSTrustError.self) { try TLSTrust.resolve(environment: ["SSL_CERT_FILE": missing, "SSL_CERT_DIR": directory.path]) }
        #expect(throws: TLSTrustError.self) { try TLSTrust.resolve(environment: ["SSL_CERT_DIR": missing]) }
    }

    @Test func aFileOfTheWrongKindIsAnError() throws {
        let empty = try directory.write("", to: "empty.pem")
        #expect(throws: TLSTrustError.self) { try TLSTrust.bundle(empty) }
        #expect(throws: TLSTrustError.self) { try TLSTrust.bundle(directory.path) }
        #expect(throws: TLSTrustError.self) { try TLSTrust.bundle(bundle + "\0.txt") }
        #expect(throws: TLSTrustError.self) { try TLSTrust.resolve(environment: ["SSL_CERT_DIR": bundle]) }
    }
}
