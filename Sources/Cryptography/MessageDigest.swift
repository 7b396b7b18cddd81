internal import COpenSSL

/// An EVP digest fetched once for the whole process.
///
/// `EVP_sha256()` makes OpenSSL 3 look the algorithm up again at each start of a hash, which costs as much as hashing
/// two kilobytes; a fetched one does not (https://docs.openssl.org/3.0/man7/crypto/#performance).
struct FetchedDigest: @unchecked Sendable {
    // An EVP_MD is immutable and reference-counted; OpenSSL documents it as safe to share between threads.
    let pointer: OpaquePointer?
    let name: StaticString

    init(_ name: StaticString) {
        self.name = name
        pointer = name.withUTF8Buffer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { EVP_MD_fetch(nil, $0.baseAddress, nil) }
        }
    }

    static let sha256 = FetchedDigest("SHA256")
    static let sha1 = FetchedDigest("SHA1")
    static let md5 = FetchedDigest("MD5")
}

/// A hash under way: one OpenSSL context, freed with the value.
struct DigestContext: ~Copyable {
    private let context: OpaquePointer?
    private let digest: FetchedDigest

    init(_ digest: FetchedDigest) {
        self.digest = digest
        context = EVP_MD_CTX_new()
        start()
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    private func start() {
        precondition(EVP_DigestInit_ex2(context, digest.pointer, nil) == 1, "OpenSSL offers no \(digest.name): its default provider is missing")
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
        precondition(EVP_DigestUpdate(context, base, bytes.count) == 1, "OpenSSL refused bytes for \(digest.name)")
    }

    /// Writes the digest and starts anew, so that one context serves many small hashes.
    func finish(into output: UnsafeMutableRawBufferPointer) {
        var length: UInt32 = 0
        precondition(output.count >= Int(EVP_MD_get_size(digest.pointer)), "the output holds fewer bytes than \(digest.name)")
        precondition(EVP_DigestFinal_ex(context, output.assumingMemoryBound(to: UInt8.self).baseAddress, &length) == 1, "OpenSSL could not finish \(digest.name)")
        start()
    }
}
