internal import StateJSON

extension StateInstance {
    /// Whether `dependencies` names the other instance's resource. Makes no texts, but for resources in modules.
    public func depends(on other: StateResource) -> Bool {
        guard let list = dependenciesValue, list.isArray else { return false }
        var wanted: String?
        for entry in list.elements where other.mayBeMeant(by: entry) {
            let address = wanted ?? other.configAddress
            wanted = address
            if entry.equals(address) { return true }
        }
        return false
    }
}

extension StateResource {
    /// Whether an address in the configuration ends with the resource's type and name.
    fileprivate func mayBeMeant(by address: JSONValue) -> Bool {
        guard let name = nameValue, let type = typeValue else { return true }
        return address.withDecodedBytes { address in
            let rest = name.withDecodedBytes { StateResource.before(address, ending: $0) }
            guard let rest, rest > 0, address[rest - 1] == UInt8(ascii: ".") else { return false }
            let head = UnsafeBufferPointer(rebasing: address[..<(rest - 1)])
            return type.withDecodedBytes { StateResource.before(head, ending: $0) } != nil
        }
    }

    /// Where the ending begins; nil when the text has another.
    private static func before(_ text: UnsafeBufferPointer<UInt8>, ending: UnsafeBufferPointer<UInt8>) -> Int? {
        let start = text.count - ending.count
        guard start >= 0 else { return nil }
        for index in ending.indices where text[start + index] != ending[index] { return nil }
        return start
    }
}
