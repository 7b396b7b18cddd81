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
        for resource in state.resources {
            let isManaged = resource.mode == .managed
            for instance in resource.instances {
                let region = instance.attributes.flatMap { $0.isObject ? Learner.place(of: $0)?.region : nil } ?? ""
                entries.append(Entry(resource: resources.count, region: region, key: instance.indexKey, dependencies: instance.dependencies, isManaged: isManaged && instance.deposed == nil))
            }
            resources.append(Resource(
                module: Pairing.segments(resource.module ?? ""), type: resource.type, name: resource.name, alias: resource.provider?.alias ?? "", provider: resource.provider?.source ?? "",
                configAddress: resource.configAddress, isManaged: isManaged))
        }
    }

    // MARK: Which mark tells the sides apart

    func detect() -> StackSplit.Criterion? {
        byProvider() ?? byModule() ?? byName() ?? byRegion()
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

    private func byModule() -> StackSplit.Criterion? {
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
        return isSecondDR ? .modules(primary: best.first, dr: best.second) : .modules(primary: best.second, dr: best.first)
    }

    private func byName() -> StackSplit.Criterion? {
        let names = Set(entries.filter(\.isManaged).map { "\(resources[$0.resource].type).\(resources[$0.resource].name)" })
        var counts: [String: Int] = [:]
        for name in names {
            let parts = name.split(separator: ".", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let tokens = parts[1].split(whereSeparator: { $0 == "_" || $0 == "-" }).map(String.init)
            for token in Set(tokens) where RoleWords.dr.contains(token.lowercased()) && token.count > 1 {
                let rest = tokens.filter { $0 != token }
                let twins = [rest.joined(separator: "_")] + RoleWords.primary.map { word in tokens.map { $0 == token ? word : $0 }.joined(separator: "_") }
                if twins.contains(where: { names.contains("\(parts[0]).\($0)") }) { counts[token, default: 0] += 1 }
            }
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value >= 2 else { return nil }
        return .names(drToken: best.key)
    }

    private func byRegion() -> StackSplit.Criterion? {
        var counts: [String: Int] = [:]
        for entry in entries where entry.isManaged && !entry.region.isEmpty { counts[entry.region, default: 0] += 1 }
        let ranked = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        guard ranked.count >= 2, ranked[1].value >= 3, ranked[1].value * 4 >= ranked[0].value else { return nil }
        return .regions(primary: ranked[0].key, dr: ranked[1].key)
    }

    // MARK: Dividing

    /// Positions of each side's instances; what bears no mark goes where those stand that depend on it, else to the primary.
    func divide(by criterion: StackSplit.Criterion) -> (primary: Set<Int>, dr: Set<Int>)? {
        var side: [Bool?] = entries.map { isDR($0, by: criterion) }
        for _ in 0..<4 {
            var users: [String: (primary: Bool, dr: Bool)] = [:]
            for (position, entry) in entries.enumerated() {
                guard let isDR = side[position] else { continue }
                for dependency in entry.dependencies {
                    if isDR { users[dependency, default: (false, false)].dr = true } else { users[dependency, default: (false, false)].primary = true }
                }
            }
            var changed = false
            for (position, entry) in entries.enumerated() where side[position] == nil {
                let resource = resources[entry.resource]
                if let use = users[resource.configAddress], use.dr != use.primary {
                    side[position] = use.dr
                    changed = true
                }
            }
            if !changed { break }
        }
        let dr = Set(side.indices.filter { side[$0] == true })
        let primary = Set(side.indices.filter { side[$0] != true })
        return dr.isEmpty || primary.isEmpty ? nil : (primary, dr)
    }

    private func isDR(_ entry: Entry, by criterion: StackSplit.Criterion) -> Bool? {
        let resource = resources[entry.resource]
        switch criterion {
        case .providers(let primary, let dr):
            // Providers without regions (random, tls) have no alias to tell: their users do.
            guard isRegional(resource) || !resource.alias.isEmpty else { return nil }
            return resource.alias == dr ? true : resource.alias == primary ? false : nil
        case .modules(let primary, let dr):
            let path = resource.module.joined(separator: ".")
            if path == dr || path.hasPrefix(dr + ".") { return true }
            if path == primary || path.hasPrefix(primary + ".") { return false }
            return nil
        case .names(let token):
            let tokens = resource.name.split(whereSeparator: { $0 == "_" || $0 == "-" })
            return tokens.contains { $0 == token } ? true : resource.isManaged ? false : nil
        case .regions(let primary, let dr):
            let text = (entry.key.map(\.description) ?? "") + resource.module.joined()
            if entry.region == dr || text.contains("\"\(dr)\"") { return true }
            if entry.region == primary || text.contains("\"\(primary)\"") { return false }
            return nil
        }
    }

    /// Whether the provider is one whose configuration has a region, so that its alias says which side it is.
    private func isRegional(_ resource: Resource) -> Bool {
        resource.provider.hasSuffix("/aws") || resource.provider.hasSuffix("/google") || resource.provider.hasSuffix("/google-beta") || resource.provider.hasSuffix("/azurerm") || resource.provider.hasSuffix("/awscc")
    }
}
