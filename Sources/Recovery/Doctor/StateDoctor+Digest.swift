internal import Cryptography
internal import StateJSON

extension StateDoctor {
    /// The MD5 that Terraform keeps in its lock table: 32 lower-case hexadecimal digits.
    static func md5(_ bytes: StateBytes) -> String {
        Hex.encode(bytes.withUnsafeBytes { MD5.hash($0) })
    }
}
