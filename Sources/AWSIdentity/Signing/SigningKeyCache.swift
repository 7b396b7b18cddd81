internal import Cryptography
internal import Synchronization

/// Remembers derived signing keys, which stay the same for a day, a region and a service: four HMACs less for
/// every request. Holds only the few last ones.
public final class SigningKeyCache: Sendable {
    /// The cache that ``SigV4Signer`` uses when it is given no other. It changes how fast a signature comes, never
    /// which one.
    public static let shared = SigningKeyCache()

    private struct Scope: Hashable {
        let secret: String
        let day: String
        let region: String
        let service: String
    }

    private let capacity: Int
    private let keys = Mutex<[(scope: Scope, key: [UInt8])]>([])

    public init(capacity: Int = 16) { self.capacity = max(1, capacity) }

    func key(secret: String, day: String, region: String, service: String) -> [UInt8] {
        let scope = Scope(secret: secret, day: day, region: region, service: service)
        if let known = keys.withLock({ keys in keys.first { $0.scope == scope }?.key }) { return known }
        var key = HMACSHA256.authenticate(Array(day.utf8), key: Array("AWS4\(secret)".utf8))
        key = HMACSHA256.authenticate(Array(region.utf8), key: key)
        key = HMACSHA256.authenticate(Array(service.utf8), key: key)
        key = HMACSHA256.authenticate(Array("aws4_request".utf8), key: key)
        keys.withLock { [key] keys in
            guard !keys.contains(where: { $0.scope == scope }) else { return }
            if keys.count >= capacity { keys.removeFirst() }
            keys.append((scope, key))
        }
        return key
    }
}
