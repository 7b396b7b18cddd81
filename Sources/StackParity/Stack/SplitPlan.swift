internal import StateJSON
internal import TerraformState

/// Looks at one state for the marks of two stacks.
struct SplitPlan {
    struct Entry {
        var resource: Int
        var region: String
        var key: IndexKey?
        var dependencies: [String]
        var isManaged: Bool
    }
    struct Resource {
        var module: [String]
        var type: String
        var name: String
        var alias: String
        var provider: String
        var configAddress: String
        var isManaged: Bool
    }
    private(set) var resources: [Resource] = []
    private(set) var entries: [Entry] = []

    init(_ state: TerraformState) {
        var places = PlaceTable()
        for resource in state.resources {
            let isManaged = resource.mode == .managed
            for instance in resource.instances {
                let place = instance.attributes.map { $0.isObject ? places.number(of: $0) : -1 } ?? -1
                let region = places[place]?.region ?? ""
                entries.append(Entry(resource: resources.count, region: region, key: instance.indexKey, dependencies: instance.dependencies, isManaged: isManaged && instance.deposed == nil))
            }
            resources.append(Resource(
                module: Pairing.segments(resource.module ?? ""), type: resource.type, name: resource.name, alias: resource.provider?.alias ?? "", provider: resource.provider?.source ?? "",
                configAddress: resource.configAddress, isManaged: isManaged))
        }
    }

    // MARK: Which mark tells the sides apart

    /// Provider configurations say it outright; else what covers most instances, a module rather than a name, a name rather
    /// than a region.
    func detect() -> StackSplit.Criterion? {
        if let criterion = byProvider() { return criterion }
        var best: (criterion: StackSplit.Criterion, twins: Int)?
        for candidate in [byModule(), byName(), byRegion()] {
            guard let candidate, candidate.twins * 4 > (best?.twins ?? 0) * 5 else { continue }
            best = candidate
        }
        return best?.criterion
    }

    private func byProvider() -> StackSplit.Criterion? {
        var counts: [String: Int] = [:]
        var regions: [String: [String: Int]] = [:]
        var providers: [String: Int] = [:]
        for entry in entries where entry.isManaged { providers[resources[entry.resource].provider, default: 0] += 1 }
        guard let provider = providers.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return nil }
        for entry in entries where entry.isManaged && resources[entry.resource].provider == provider {
            let alias = resources[entry.resource].alias
            counts[alias, default: 0] += 1
            if !entry.region.isEmpty { regions[alias, default: [:]][entry.region, default: 0] += 1 }
        }
        let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        guard ranked.count >= 2, ranked[1].value >= 3, ranked[1].value * 8 >= ranked[0].value else { return nil }
        func home(_ alias: String) -> String { regions[alias]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "" }
        let first = ranked[0].key, second = ranked[1].key
        guard home(first) != home(second) || RoleWords.means(RoleWords.dr, first) != RoleWords.means(RoleWords.dr, second) else { return nil }
        let isSecondDR = isDR(second, home(second), rather: first, home(first), largerFirst: true)
        return isSecondDR ? .providers(primary: first, dr: second) : .providers(primary: second, dr: first)
    }

    /// Whether `name` is the DR side, by role words first; a configuration without a name is the primary.
    private func isDR(_ name: String, _ region: String, rather other: String, _ otherRegion: String, largerFirst: Bool) -> Bool {
        let here = RoleWords.means(RoleWords.dr, name), there = RoleWords.means(RoleWords.dr, other)
        if here != there { return here }
        if name.isEmpty != other.isEmpty { return !name.isEmpty }
        let hereFirst = RoleWords.means(RoleWords.primary.subtracting([""]), name), thereFirst = RoleWords.means(RoleWords.primary.subtracting([""]), other)
        if hereFirst != thereFirst { return thereFirst }
        return largerFirst
    }

    private func byModule() -> (criterion: StackSplit.Criterion, twins: Int)? {
        var shapes: [String: Set<String>] = [:]
        for entry in entries where entry.isManaged {
            let resource = resources[entry.resource]
            guard let first = resource.module.first else { continue }
            shapes[first, default: []].insert("\(resource.module.dropFirst().joined(separator: "."))/\(resource.type).\(resource.name)\(entry.key.map(\.description) ?? "")")
        }
        var best: (first: String, second: String, shared: Int)?
        let names = shapes.keys.sorted()
        for (index, first) in names.enumerated() {
            for second in names[(index + 1)...] {
                guard let a = shapes[first], let b = shapes[second] else { continue }
                let shared = a.intersection(b).count
                if shared >= 3, shared * 2 >= max(a.count, b.count), shared > best?.shared ?? 0 { best = (first, second, shared) }
            }
        }
        guard let best else { return nil }
        let counts = (shapes[best.first]?.count ?? 0, shapes[best.second]?.count ?? 0)
        let isSecondDR = isDR(best.second, "", rather: best.first, "", largerFirst: counts.0 >= counts.1)
        return (isSecondDR ? .modules(primary: best.first, dr: best.second) : .modules(primary: best.second, dr: best.first), best.shared)
    }

    private func byName() -> (criterion: StackSplit.Criterion, twins: Int)? {
        let names = Set(entries.filter(\.isManaged).map { "\(resources[$0.resource].type).\(resources[$0.resource].name)" })
        var counts: [String: Int] = [:]
        for name in names {
            let parts = name.split(separator: ".", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let tokens = Self.tokens(of: String(parts[1]))
            for token in Set(tokens) where RoleWords.dr.contains(token.lowercased()) && token.count > 1 {
                let rest = tokens.filter { $0 != token }
                let twins = [rest.joined(separator: "_")] + RoleWords.primary.map { word in tokens.map { $0 == token ? word : $0 }.joined(separator: "_") }
                if twins.contains(where: { names.contains("\(parts[0]).\($0)") }) { counts[token, default: 0] += 1 }
            }
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value >= 2 else { return nil }
        let twins = entries.count { $0.isManaged && Self.tokens(of: resources[$0.resource].name).contains(best.key) }
        return (.names(drToken: best.key), twins)
    }

    private func byRegion() -> (criterion: StackSplit.Criterion, twins: Int)? {
        var counts: [String: Int] = [:]
        for entry in entries where entry.isManaged && !entry.region.isEmpty { counts[entry.region, default: 0] += 1 }
        let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        guard ranked.count >= 2, ranked[1].value >= 3, ranked[1].value * 4 >= ranked[0].value else { return nil }
        return (.regions(primary: ranked[0].key, dr: ranked[1].key), ranked[1].value)
    }

    static func tokens(of name: String) -> [String] {
        name.split(whereSeparator: { $0 == "_" || $0 == "-" }).map(String.init)
    }

    /// Whether the provider is one whose configuration has a region, so that its alias says which side it is.
    func isRegional(_ resource: Resource) -> Bool {
        resource.provider.hasSuffix("/aws") || resource.provider.hasSuffix("/google") || resource.provider.hasSuffix("/google-beta") || resource.provider.hasSuffix("/azurerm") || resource.provider.hasSuffix("/awscc")
    }
}
