import Foundation

/// Rewrites of where resources stand and what they are called.
extension RewrittenPair {
    /// Every resource under another name, in dependencies too.
    mutating func rename(_ side: Side, _ name: @escaping (String) -> String) throws {
        try edit(side, { Self.address($0, name) }) { resources in
            for index in resources.indices {
                if let old = resources[index]["name"] as? String { resources[index]["name"] = name(old) }
                Self.dependencies(&resources[index]) { path in
                    var parts = path.components(separatedBy: ".")
                    if let last = parts.popLast() { parts.append(name(last)) }
                    return parts.joined(separator: ".")
                }
            }
        }
    }

    private static func address(_ address: String, _ name: (String) -> String) -> String {
        let isKeyed = address.hasSuffix("]")
        let keyStart = isKeyed ? (address.range(of: address.hasSuffix("\"]") ? "[\"" : "[", options: .backwards)?.lowerBound ?? address.endIndex) : address.endIndex
        let head = address[..<keyStart]
        guard let dot = head.lastIndex(of: ".") else { return address }
        return address[...dot] + name(String(head[head.index(after: dot)...])) + address[keyStart...]
    }

    private static func dependencies(_ resource: inout Object, _ change: (String) -> String) {
        guard var instances = resource["instances"] as? [Object] else { return }
        for index in instances.indices {
            if let list = instances[index]["dependencies"] as? [String] { instances[index]["dependencies"] = list.map(change) }
        }
        resource["instances"] = instances
    }

    /// The whole side inside a module.
    mutating func wrap(_ side: Side, in module: String) throws {
        let bare = module.replacing(#/\[[^\]]*\]/#, with: "")
        try edit(side, { "\(module).\($0)" }) { resources in
            for index in resources.indices {
                resources[index]["module"] = (resources[index]["module"] as? String).map { "\(module).\($0)" } ?? module
                Self.dependencies(&resources[index]) { "\(bare).\($0)" }
            }
        }
    }

    /// The AWS provider of one side under an alias.
    mutating func alias(_ side: Side, _ alias: String) throws {
        try edit(side) { resources in
            for index in resources.indices {
                if let provider = resources[index]["provider"] as? String, provider.contains("hashicorp/aws") { resources[index]["provider"] = "\(provider).\(alias)" }
            }
        }
    }

    /// Other keys for the instances of one resource.
    mutating func rekey(_ side: Side, _ type: String, _ names: [String], _ key: @escaping (_ old: Any?, _ region: String, _ attributes: Object) -> Any?) throws {
        let region = side == .primary ? region : drRegion
        var moved: [String: String] = [:]
        func text(_ key: Any?) -> String { key.map { $0 is String ? "[\"\($0)\"]" : "[\($0)]" } ?? "" }
        try edit(side) { resources in
            for index in resources.indices {
                guard resources[index]["type"] as? String == type, let name = resources[index]["name"] as? String, names.contains(name), resources[index]["mode"] as? String == "managed" else { continue }
                guard var instances = resources[index]["instances"] as? [Object] else { continue }
                for position in instances.indices {
                    let old = instances[position]["index_key"], new = key(old, region, instances[position]["attributes"] as? Object ?? [:])
                    moved["\(type).\(name)\(text(old))"] = "\(type).\(name)\(text(new))"
                    instances[position]["index_key"] = new
                }
                instances.sort { ($0["index_key"] as? Int ?? 0) < ($1["index_key"] as? Int ?? 0) }
                resources[index]["instances"] = instances
            }
        }
        // The instances themselves stay: only their addresses change.
        try edit(side, { moved[$0] ?? $0 }) { _ in }
    }

    /// The same counted instances under indexes in the opposite order.
    mutating func reverse(_ type: String, _ name: String) throws {
        try edit(.dr) { resources in
            for index in resources.indices where resources[index]["type"] as? String == type && resources[index]["name"] as? String == name {
                guard var instances = resources[index]["instances"] as? [Object] else { continue }
                for position in instances.indices { instances[position]["index_key"] = instances.count - 1 - (instances[position]["index_key"] as? Int ?? 0) }
                resources[index]["instances"] = instances
            }
        }
    }
}
