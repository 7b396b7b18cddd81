import Glibc

/// The Python environment that the servers are installed in: `$TFGUARD_TEST_VENV`, else `.build/test-servers/venv`,
/// made and filled on first use.
enum ServerEnvironment {
    /// The path of a program, installed when it is not there yet.
    /// - Throws: ``RealServerUnavailable``.
    static func program(of kind: RealServerKind) async throws -> String {
        let named = getenv("TFGUARD_TEST_VENV").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        let folder = named ?? SharedFixtures.packageRoot + "/.build/test-servers/venv"
        let program = "\(folder)/bin/\(kind.program)"
        if access(program, X_OK) == 0 { return program }
        // Several test processes may come here at once: one installs, the others wait for it.
        let script = """
            mkdir -p "$1" && exec 9>"$1/../venv.lock" && flock 9
            [ -x "$2" ] && exit 0
            [ -x "$1/bin/pip" ] || python3 -m venv "$1" || exit 1
            "$1/bin/pip" install --quiet --disable-pip-version-check "$3"
            """
        let outcome = try await runProcess(["/bin/sh", "-c", script, "install", folder, program, kind.requirement], timeout: .seconds(600))
        guard outcome.status == 0, access(program, X_OK) == 0 else {
            let words = outcome.errors.split(separator: "\n").last.map(String.init) ?? "\(outcome.ending)"
            throw RealServerUnavailable(kind: kind, reason: "it could not be installed into \(folder): \(words)")
        }
        return program
    }

    /// The Python beside a program.
    static func python(beside program: String) -> String {
        (program.lastIndex(of: "/").map { String(program[..<$0]) } ?? ".") + "/python"
    }
}

/// A server cannot be had on this machine: suites that need it are skipped, and say so.
public struct RealServerUnavailable: Error, CustomStringConvertible {
    public let kind: RealServerKind
    public let reason: String

    public var description: String { "\(kind) is not available: \(reason)" }
}
