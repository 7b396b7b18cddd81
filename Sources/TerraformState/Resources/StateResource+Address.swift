internal import StateJSON

extension StateResource {
    /// A hash of the ``address`` that starts from `SeenValues.seed`; the same for equal addresses however they are spelt.
    public var addressHash: UInt64 {
        var hash = isData ? SeenValues.seed : ~SeenValues.seed
        // An empty module is the root module, as none is.
        if let module = moduleValue, module.isString, !module.equals("") { hash = module.contentHash(seed: hash) }
        if let type = typeValue, type.isString { hash = type.contentHash(seed: hash) }
        if let name = nameValue, name.isString { hash = name.contentHash(seed: hash) }
        return hash
    }

    /// Whether the two have the same address, of one state or of two, without making it.
    public func hasSameAddress(as other: StateResource) -> Bool {
        isData == other.isData && Self.isSameText(nameValue, other.nameValue) && Self.isSameText(typeValue, other.typeValue)
            && Self.isSameText(moduleValue, other.moduleValue)
    }

    private var isData: Bool { modeValue?.equals("data") ?? false }

    private static func isSameText(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        if let left, let right, left.isString, right.isString { return left.isEqual(to: right) }
        return (left?.string ?? "") == (right?.string ?? "")
    }
}
