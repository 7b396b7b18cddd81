internal import StateJSON

extension StateInspection {
    mutating func fields(of instance: StateInstance) {
        expect(instance.statusValue, "status", .string, address: instance.displayAddress)
        expect(instance.deposedValue, "deposed", .string, address: instance.displayAddress)
        expect(instance.privateValue, "private", .string, address: instance.displayAddress)
        expect(instance.providerValue, "provider", .string, address: instance.displayAddress)
        expect(instance.flatValue, "attributes_flat", .object, address: instance.displayAddress)
        expect(instance.dependenciesValue, "dependencies", .array, address: instance.displayAddress)
        expect(instance.createBeforeValue, "create_before_destroy", .bool, address: instance.displayAddress)
        if let version = instance.schemaVersionValue, version.uint64 == nil {
            report(
                .wrongType, .refused, version, address: instance.displayAddress,
                "field \"schema_version\" is not a whole number from 0 to 2^64 - 1")
        }
        if let status = instance.statusValue, status.isString, !status.equals("tainted"), !status.equals("") {
            report(.invalidStatus, .refused, status, address: instance.displayAddress, "a status that is neither empty nor \"tainted\"")
        }
        if let deposed = instance.deposed, deposed.utf8.count != 8, let value = instance.deposedValue {
            report(
                .invalidDeposedKey, .refused, value, address: instance.displayAddress,
                "a deposed key is 8 characters long, this one \(deposed.utf8.count)")
        }
        if let key = instance.indexKeyValue, IndexKey(key) == nil {
            report(
                .invalidIndexKey, key.kind == .number ? .suspicious : .refused, key, address: instance.displayAddress,
                key.kind == .number
                    ? "an index key beyond 64 bits, which Terraform reads as another number"
                    : "an index key that is neither a number nor a string")
        }
        if let data = instance.privateValue, data.isString, !data.withDecodedBytes(Base64Text.isValid) {
            report(.invalidPrivateData, .refused, data, address: instance.displayAddress, "\"private\" is not base64")
        }
        if let text = instance.providerText, !text.isEmpty, ProviderReference(parsing: text) == nil, let value = instance.providerValue {
            report(.invalidProvider, .dropped, value, address: instance.displayAddress, "an instance provider that does not parse")
        }
        if let attributes = instance.attributes, !attributes.isObject {
            report(
                .wrongType, .incomplete, attributes, address: instance.displayAddress,
                "field \"attributes\" is of kind \(attributes.kind), not object: Terraform lists the resource, and every plan fails at it")
        } else if instance.attributes == nil, instance.attributesFlat == nil {
            report(
                .noAttributes, .suspicious, instance.value, address: instance.displayAddress,
                "no attributes: Terraform knows that the object exists, and nothing else")
        }
        dependencies(of: instance)
        sensitivePaths(of: instance)
    }

    private mutating func dependencies(of instance: StateInstance) {
        guard let list = instance.dependenciesValue else { return }
        for value in list.elements where !value.isNull {
            expect(value, "dependencies entry", .string, address: instance.displayAddress)
            guard value.isString, !isDependency(value) else { continue }
            report(
                .invalidDependency, .refused, value, address: instance.displayAddress,
                "a dependency that is no resource address without instance keys")
        }
    }

    private mutating func sensitivePaths(of instance: StateInstance) {
        guard let paths = instance.sensitiveValue else { return }
        expect(paths, "sensitive_attributes", .array, address: instance.displayAddress)
        for path in paths.elements where AttributePath(json: path) == nil {
            report(
                .invalidSensitivePath, .refused, path, address: instance.displayAddress,
                "a sensitive path with a step that is neither get_attr nor index")
        }
    }
}

/// Standard base64 with padding, as Go's encoding/json reads it into bytes; line ends are skipped.
enum Base64Text {
    static func isValid(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var digits = 0
        var padding = 0
        for byte in text where byte != 0x0A && byte != 0x0D {
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else {
                let known = byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
                guard known, padding == 0 else { return false }
                digits += 1
            }
        }
        return padding <= 2 && (digits + padding) % 4 == 0
    }
}
