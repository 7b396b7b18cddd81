internal import StateJSON
internal import TerraformState

/// A managed object that can be told from all others in the world: by its ARN, or by an id that was made to be unique.
struct RealObject: Sendable, Hashable {
    /// Type and ARN or id.
    let identity: String
    let address: String

    /// Nil for objects that are known by a name, which may mean another one in another account or region.
    init?(_ instance: StateInstance) {
        guard instance.resource.mode == .managed else { return nil }
        let arn = instance.attributes?["arn"]?.string.flatMap { $0.hasPrefix("arn:") ? $0 : nil }
        guard let id = arn ?? instance.attributes?["id"]?.string.flatMap({ Self.isUnique($0) ? $0 : nil }) else { return nil }
        identity = "\(instance.resource.type) \(id)"
        address = instance.displayAddress
    }

    /// `i-0f3a91bc77d2e8a10`, or a UUID.
    private static func isUnique(_ id: String) -> Bool {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 2, let last = parts.last, last.allSatisfy(\.isHexDigit) else { return false }
        if parts.count == 5 { return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) } }
        return (last.count == 8 || last.count == 17) && last.contains(where: \.isNumber)
    }
}
