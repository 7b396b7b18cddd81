import TestSupport

/// `openssl s_server` with a certificate for `localhost`, signed by its own authority.
final class TLSServer: Sendable {
    static let isAvailable = readableInPath("openssl")

    /// The PEM file of the authority.
    let authority: String
    let port: UInt16
    private let directory: TemporaryDirectory
    private let process: ChildProcess

    init(days: String = "2", options: [String] = []) async throws {
        directory = try TemporaryDirectory()
        authority = directory.file("ca.pem")
        let leaf = directory.file("leaf.pem")
        try directory.write("subjectAltName=DNS:localhost\n", to: "names")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        try await Self.run(["req", "-x509", "-days", "2", "-subj", "/CN=Test authority \(directory.path.split(separator: "-").last ?? "")", "-keyout", directory.file("ca.key"), "-out", authority] + key)
        try await Self.run(["req", "-subj", "/CN=localhost", "-keyout", directory.file("leaf.key"), "-out", directory.file("leaf.csr")] + key)
        try await Self.run([
            "x509", "-req", "-days", days, "-in", directory.file("leaf.csr"), "-CA", authority, "-CAkey", directory.file("ca.key"), "-CAcreateserial",
            "-extfile", directory.file("names"), "-out", leaf,
        ])
        // s_server cannot tell which port it took: a free one is looked for, and another one when it was snatched.
        for _ in 0..<20 {
            let port: UInt16
            do { port = try ScriptedServer { _ in ScriptedResponse() }.port }
            let process = try ChildProcess(["openssl", "s_server", "-accept", "\(port)", "-www", "-cert", leaf, "-key", directory.file("leaf.key")] + options)
            for _ in 0..<3000 where process.poll() == nil && !process.outputSoFar.contains("ACCEPT") { try await Task.sleep(for: .milliseconds(10)) }
            if process.poll() == nil {
                self.port = port
                self.process = process
                return
            }
        }
        throw NotStarted()
    }

    struct NotStarted: Error {}

    private static func run(_ arguments: [String]) async throws {
        let outcome = try await runProcess(["openssl"] + arguments)
        guard outcome.status == 0 else { throw Failed(words: outcome.errors) }
    }

    struct Failed: Error {
        let words: String
    }

    private static func readableInPath(_ program: String) -> Bool {
        ["/usr/bin", "/usr/local/bin", "/bin"].contains { (try? readFile("\($0)/\(program)")) != nil }
    }
}
