internal import StateJSON

/// Versions 1 to 3, recognised and counted but not read further: their resources stand in
/// `modules[].resources{"TYPE.NAME[.INDEX]": {primary, deposed[]}}`.
struct LegacyState {
    let summary: StateSummary

    init(_ root: JSONValue, version: UInt64) {
        var keys = Set<String>(), instances = 0
        if let modules = root.field("modules") {
            for (number, module) in modules.elements.enumerated() {
                guard let resources = module.field("resources") else { continue }
                for member in resources.members {
                    keys.insert("\(number) \(LegacyState.resourceName(member.key.string))")
                    if member.value.field("primary") != nil { instances += 1 }
                    instances += member.value.field("deposed")?.count ?? 0
                }
            }
        }
        summary = StateSummary(
            formatVersion: version,
            generation: Generation(serial: root.field("serial")?.uint64 ?? 0, lineage: root.field("lineage")?.string ?? ""),
            terraformVersion: root.field("terraform_version")?.string ?? "",
            resourceCount: keys.count, instanceCount: instances)
    }

    /// `aws_instance.web.1` is an instance of `aws_instance.web`.
    private static func resourceName(_ key: String) -> String {
        guard let dot = key.lastIndex(of: "."), UInt(key[key.index(after: dot)...]) != nil else { return key }
        let name = key[..<dot]
        return name.contains(".") ? String(name) : key
    }
}
