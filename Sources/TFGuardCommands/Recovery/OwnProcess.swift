import Cryptography
import Glibc
import Recovery

/// This process, as a lock tells it to others.
enum OwnProcess {
    /// `user@host`, as Terraform writes it.
    static var userAtHost: String {
        var name = [CChar](repeating: 0, count: 256)
        let host = gethostname(&name, name.count - 1) == 0 ? String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "unknown"
        let user = getpwuid(geteuid()).flatMap { $0.pointee.pw_name }.map { String(cString: $0) } ?? "\(geteuid())"
        return "\(user)@\(host)"
    }

    /// A random UUID (RFC 9562, version 4).
    static func newID() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    /// For tests of what a kill leaves behind: `TFGUARD_TEST_KILL_AT` names the step at which the process ends as by SIGKILL.
    static func checkpoint<Step: RawRepresentable & Equatable & Sendable>(_ environment: EnvironmentVariables) -> @Sendable (Step) -> Void where Step.RawValue == String {
        guard let fatal = environment["TFGUARD_TEST_KILL_AT"].flatMap(Step.init(rawValue:)) else { return { _ in } }
        return { step in
            if step == fatal { kill(getpid(), SIGKILL) }
        }
    }
}
