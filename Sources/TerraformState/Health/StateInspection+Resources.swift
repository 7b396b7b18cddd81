internal import StateJSON

extension StateInspection {
    /// What Terraform tells instances apart by.
    private struct InstanceIdentity: Hashable {
        let resource: String
        let key: IndexKey?
        let deposed: String
    }

    mutating func resources() {
        var resourceAddresses: Set<String> = []
        var instances: Set<InstanceIdentity> = []
        // By hash of provider, type and id: three strings per instance would be most of this walk's time.
        var ids: [UInt64: StateInstance] = [:]
        for element in state.fields.resources?.elements.makeArray() ?? [] where !element.isObject {
            expect(element, "resources entry", .object)
        }
        for resource in state.resources {
            let address = resource.address
            fields(of: resource, address)
            let isRepeated = !resourceAddresses.insert(address).inserted
            var overlaps = false
            for instance in resource.instances {
                let identity = InstanceIdentity(resource: address, key: instance.indexKey, deposed: instance.deposed ?? "")
                if !instances.insert(identity).inserted {
                    overlaps = true
                    report(
                        .duplicateInstance, .refused, instance.value, address: instance.displayAddress,
                        "the instance appears more than once")
                }
                fields(of: instance)
                sharedID(instance, &ids)
            }
            if isRepeated {
                report(
                    .duplicateResource, overlaps ? .refused : .suspicious, resource.value, address: address,
                    "the resource has more than one entry")
            }
        }
    }

    private mutating func fields(of resource: StateResource, _ address: String) {
        expect(resource.moduleValue, "module", .string, address: address)
        expect(resource.modeValue, "mode", .string, address: address)
        expect(resource.providerValue, "provider", .string, address: address)
        expect(resource.instancesValue, "instances", .array, address: address)
        for (value, field) in [(resource.typeValue, "type" as StaticString), (resource.nameValue, "name")] {
            expect(value, field, .string, address: address)
            if value == nil { report(.missingField, .incomplete, resource.value, address: address, "no \"\(field)\"") }
        }
        if resource.mode == nil, resource.modeValue.map(\.isString) ?? true {
            report(
                .unknownMode, .refused, resource.modeValue ?? resource.value, address: address, "a mode that is neither managed nor data")
        }
        if let module = resource.module, let value = resource.moduleValue, !ModulePath.isValid(module) {
            report(.invalidModule, .refused, value, address: address, "\"module\" is no module instance address")
        }
        provider(of: resource, address)
        for element in resource.instancesValue?.elements.makeArray() ?? [] where !element.isObject {
            if element.isNull {
                report(
                    .noAttributes, .suspicious, element, address: address,
                    "null in place of an instance: Terraform takes it for an instance without attributes")
            } else {
                expect(element, "instances entry", .object, address: address)
            }
        }
    }

    private mutating func provider(of resource: StateResource, _ address: String) {
        if let text = resource.providerText, !text.isEmpty {
            guard !isProvider(text), let value = resource.providerValue else { return }
            report(
                .invalidProvider, .dropped, value, address: address,
                "a provider that does not parse: Terraform drops the resource without a word, and the next apply creates it again")
        } else {
            let ownProviders = resource.instances.contains { $0.providerText?.isEmpty == false }
            if ownProviders {
                report(
                    .providerOnInstances, .dropped, resource.value, address: address,
                    "no provider at the resource, only at its instances: OpenTofu reads it, Terraform drops the resource without a word")
            } else if resource.providerValue.map(\.isString) ?? true {
                report(
                    .invalidProvider, .dropped, resource.providerValue ?? resource.value, address: address,
                    "no provider: Terraform drops the resource without a word, and the next apply creates it again")
            }
        }
    }

    private mutating func sharedID(_ instance: StateInstance, _ ids: inout [UInt64: StateInstance]) {
        guard instance.resource.mode == .managed, let id = instance.attributes?["id"], id.isString, !id.equals("") else { return }
        let provider = (instance.providerValue ?? instance.resource.providerValue)?.contentHash() ?? 0
        let hash = id.contentHash(seed: instance.resource.typeValue?.contentHash(seed: provider) ?? provider)
        guard let other = ids[hash] else {
            ids[hash] = instance
            return
        }
        guard isSameObject(instance, other), instance.displayAddress != other.displayAddress else { return }
        report(
            .sharedID, .suspicious, id, address: instance.displayAddress,
            "the same id as \(other.displayAddress): one object under two addresses, so that destroying one takes the other's")
    }

    private func isSameObject(_ left: StateInstance, _ right: StateInstance) -> Bool {
        left.resource.type == right.resource.type && left.attributes?["id"]?.string == right.attributes?["id"]?.string
            && (left.providerText ?? left.resource.providerText) == (right.providerText ?? right.resource.providerText)
    }
}

extension JSONValue.Elements {
    func makeArray() -> [JSONValue] { Array(self) }
}
