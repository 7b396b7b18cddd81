internal import StateJSON

extension StateInspection {
    mutating func resources() {
        var identities = InstanceIdentities(state)
        if let list = state.fields.resources {
            for element in list.elements where !element.isObject { expect(element, "resources entry", .object) }
        }
        for resource in state.resources {
            fields(of: resource)
            let hash = resource.addressHash
            let isRepeated = identities.isRepeated(resource, hash: hash)
            let overlaps = instances(of: resource, hash: hash, &identities)
            if isRepeated {
                report(
                    .duplicateResource, overlaps ? .refused : .suspicious, resource.value, address: resource.address,
                    "the resource has more than one entry")
            }
        }
    }

    /// Returns whether one of the instances was in an earlier entry of the resource, or of this one, already.
    private mutating func instances(of resource: StateResource, hash: UInt64, _ identities: inout InstanceIdentities) -> Bool {
        guard let list = resource.instancesValue else { return false }
        var overlaps = false
        for element in list.elements {
            guard element.isObject else {
                wrongInstance(element, resource)
                continue
            }
            let instance = StateInstance(element, of: resource)
            if identities.isRepeated(instance, resourceHash: hash) {
                overlaps = true
                report(
                    .duplicateInstance, .refused, instance.value, address: instance.displayAddress,
                    "the instance appears more than once")
            }
            fields(of: instance)
            if scope == .everything { sharedID(instance, &identities) }
        }
        return overlaps
    }

    private mutating func fields(of resource: StateResource) {
        expect(resource.moduleValue, "module", .string, address: resource.address)
        expect(resource.modeValue, "mode", .string, address: resource.address)
        expect(resource.providerValue, "provider", .string, address: resource.address)
        expect(resource.instancesValue, "instances", .array, address: resource.address)
        for (value, field) in [(resource.typeValue, "type" as StaticString), (resource.nameValue, "name")] {
            expect(value, field, .string, address: resource.address)
            if value.map({ $0.equals("") }) ?? true { report(.missingField, .incomplete, resource.value, address: resource.address, "no \"\(field)\"") }
        }
        if resource.modeValue?.equals("managed") != true, resource.mode == nil, resource.modeValue.map(\.isString) ?? true {
            report(
                .unknownMode, .refused, resource.modeValue ?? resource.value, address: resource.address, "a mode that is neither managed nor data")
        }
        if let value = resource.moduleValue, value.isString, !value.equals(""), !isModule(value) {
            report(.invalidModule, .refused, value, address: resource.address, "\"module\" is no module instance address")
        }
        provider(of: resource)
    }

    private mutating func wrongInstance(_ element: JSONValue, _ resource: StateResource) {
        if element.isNull {
            report(
                .noAttributes, .suspicious, element, address: resource.address,
                "null in place of an instance: Terraform takes it for an instance without attributes")
        } else {
            expect(element, "instances entry", .object, address: resource.address)
        }
    }

    private mutating func provider(of resource: StateResource) {
        if let value = resource.providerValue, value.isString, !value.equals("") {
            if isProvider(value) { return }
            report(
                .invalidProvider, .dropped, value, address: resource.address,
                "a provider that does not parse: Terraform drops the resource without a word, and the next apply creates it again")
        } else {
            let ownProviders = resource.instances.contains { $0.providerText?.isEmpty == false }
            if ownProviders {
                report(
                    .providerOnInstances, .dropped, resource.value, address: resource.address,
                    "no provider at the resource, only at its instances: OpenTofu reads it, Terraform drops the resource without a word")
            } else if resource.providerValue.map(\.isString) ?? true {
                report(
                    .invalidProvider, .dropped, resource.providerValue ?? resource.value, address: resource.address,
                    "no provider: Terraform drops the resource without a word, and the next apply creates it again")
            }
        }
    }

    private mutating func sharedID(_ instance: StateInstance, _ identities: inout InstanceIdentities) {
        guard instance.resource.modeValue?.equals("managed") == true, let id = instance.attributes?["id"], id.isString, !id.equals("") else { return }
        guard let other = identities.other(with: id, of: instance), instance.displayAddress != other.displayAddress else { return }
        report(
            .sharedID, .suspicious, id, address: instance.displayAddress,
            "the same id as \(other.displayAddress): one object under two addresses, so that destroying one takes the other's")
    }
}
