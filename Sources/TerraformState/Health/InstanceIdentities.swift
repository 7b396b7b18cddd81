internal import StateJSON

/// What Terraform tells resources and instances apart by, for all of a state: nothing is copied out of the file.
struct InstanceIdentities {
    private let places: Places
    private var seenResources: SeenValues
    private var seenInstances: SeenValues
    private var seenObjects: SeenValues

    init(_ state: TerraformState) {
        places = Places(document: state.document, resources: state.resources)
        seenResources = SeenValues(expecting: state.resources.count)
        seenInstances = SeenValues(expecting: state.resources.count)
        seenObjects = SeenValues()
    }

    /// Whether an earlier entry of `resources` has the same address.
    mutating func isRepeated(_ resource: StateResource, hash: UInt64) -> Bool {
        let earlier = seenResources.note(resource.position, hash: hash) { [places] position in
            places.resource(around: position).map { $0.hasSameAddress(as: resource) } ?? false
        }
        return earlier != nil
    }

    /// Whether an earlier instance has the same address and deposed key.
    mutating func isRepeated(_ instance: StateInstance, resourceHash: UInt64) -> Bool {
        var hash = resourceHash
        switch instance.indexKeyValue {
        case let key? where key.isString: hash = key.contentHash(seed: hash)
        case let key?: if case .int(let number)? = IndexKey(key) { hash = quickHash(UInt64(bitPattern: Int64(number)), seed: hash) }
        case nil: break
        }
        if let deposed = instance.deposedValue, deposed.isString { hash = deposed.contentHash(seed: ~hash) }
        let earlier = seenInstances.note(instance.position, hash: hash) { [places] position in
            guard let other = places.instance(at: position) else { return false }
            return other.resource.hasSameAddress(as: instance.resource) && other.indexKey == instance.indexKey && other.deposed == instance.deposed
        }
        return earlier != nil
    }

    /// The first instance that is the same real object: provider, type and id are equal.
    mutating func other(with id: JSONValue, of instance: StateInstance) -> StateInstance? {
        let provider = (instance.providerValue ?? instance.resource.providerValue)?.contentHash(seed: SeenValues.seed) ?? SeenValues.seed
        let hash = id.contentHash(seed: instance.resource.typeValue?.contentHash(seed: provider) ?? provider)
        let earlier = seenObjects.note(instance.position, hash: hash) { [places] position in
            places.instance(at: position).map { Self.isSameObject($0, instance) } ?? false
        }
        return earlier.flatMap(places.instance)
    }

    private static func isSameObject(_ left: StateInstance, _ right: StateInstance) -> Bool {
        left.resource.type == right.resource.type && left.attributes?["id"]?.string == right.attributes?["id"]?.string
            && (left.providerText ?? left.resource.providerText) == (right.providerText ?? right.resource.providerText)
    }
}

/// Finds resources and instances again by where they stand.
private struct Places {
    let document: JSONDocument
    let resources: [StateResource]

    func instance(at position: UInt32) -> StateInstance? {
        resource(around: position).map { StateInstance(document.value(at: position), of: $0) }
    }

    /// The resource whose value begins last before `position`, or there: resources stand in the order of the file.
    func resource(around position: UInt32) -> StateResource? {
        var low = 0, high = resources.count
        while low < high {
            let middle = (low + high) / 2
            if resources[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? resources[low - 1] : nil
    }
}
