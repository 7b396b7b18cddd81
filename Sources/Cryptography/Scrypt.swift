internal import COpenSSL

/// scrypt (RFC 7914): a key from a passphrase, dear to guess.
public enum Scrypt {
    /// The costs, kept beside the salt so that they can grow with the years.
    public struct Parameters: Hashable, Sendable, Codable {
        /// CPU and memory cost; a power of two.
        public var n: Int
        /// Block size.
        public var r: Int
        /// Parallelism.
        public var p: Int

        public init(n: Int, r: Int, p: Int) {
            (self.n, self.r, self.p) = (n, r, p)
        }

        /// 128 MiB of memory and about half a second (OWASP's recommendation of 2023).
        public static let recommended = Parameters(n: 1 << 17, r: 8, p: 1)

        /// Bytes of memory that the derivation needs.
        public var memory: Int { 128 &* n &* r }
    }

    /// The most memory that stored parameters may ask for: a forged vault header must not exhaust the machine.
    public static let memoryLimit = 1 << 30

    /// Derives `length` bytes.
    ///
    /// - Throws: `CryptographyError.scryptParameters` when they are malformed or need more than `memoryLimit`.
    public static func derive(passphrase: [UInt8], salt: [UInt8], parameters: Parameters, length: Int = 32) throws(CryptographyError) -> [UInt8] {
        guard (2...(1 << 24)).contains(parameters.n), parameters.n & (parameters.n - 1) == 0, (1...64).contains(parameters.r),
            (1...64).contains(parameters.p), parameters.memory <= memoryLimit, length > 0
        else { throw .scryptParameters(memory: parameters.memory) }
        var succeeded = false
        let key = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            succeeded = passphrase.withUnsafeBytes { pass in
                EVP_PBE_scrypt(
                    pass.assumingMemoryBound(to: CChar.self).baseAddress, passphrase.count, salt, salt.count, UInt64(parameters.n), UInt64(parameters.r),
                    UInt64(parameters.p), UInt64(memoryLimit) + (64 << 20), buffer.baseAddress, length) == 1
            }
            count = succeeded ? length : 0
        }
        guard succeeded else { throw .scryptParameters(memory: parameters.memory) }
        return key
    }
}
