internal import TerraformState

extension Pairing {
    /// Modules and resources under another name: `module.main` ↔ `module.standby`, `web` ↔ `dr_web`.
    mutating func byRename() {
        for depth in 0..<3 { _ = renameModules(depth: depth) }
        if !moduleNames.isEmpty { byZoneOrder(onlyWhole: true) }
        joinRenamed(names: [:])
        // What is still alone may stand under a path of another depth.
        if renameModules(depth: nil) { joinRenamed(names: [:]) }
        for _ in 0..<4 {
            guard let rule = bestNameRule() else { break }
            let before = table.count
            joinRenamed(names: rule.names)
            if table.count == before { break }
            renames.append(Correspondence(kind: .rename, primary: rule.primary, dr: rule.dr, support: table.count - before))
        }
    }

    // MARK: Modules

    private struct Shape: Hashable {
        var before: String
        var after: String
        var type: ObjectIdentifier
        var name: String
    }

    static func segments(_ module: String) -> [String] {
        var segments: [String] = []
        var current = ""
        var quoted = false
        for piece in module.split(separator: ".", omittingEmptySubsequences: false) {
            current += current.isEmpty ? String(piece) : "." + piece
            quoted = current.count(where: { $0 == "[" }) > current.count(where: { $0 == "]" })
            if quoted || current == "module" { continue }
            segments.append(current)
            current = ""
        }
        if !current.isEmpty { segments.append(current) }
        return segments
    }

    /// - Parameter depth: of the module that may have another name; nil: whole paths.
    /// - Returns: whether a rename was found.
    private mutating func renameModules(depth: Int?) -> Bool {
        let known = moduleNames.count
        var left: [Shape: Set<String>] = [:]
        var right: [Shape: Set<String>] = [:]
        collect(primary, isFree: { table.ofPrimary[$0] == nil }, depth: depth, map: moduleNames, into: &left)
        collect(dr, isFree: { table.ofDR[$0] == nil }, depth: depth, map: [:], into: &right)
        var votes: [String: [String: Double]] = [:]
        for (shape, names) in left {
            guard let others = right[shape], names.count * others.count <= 64 else { continue }
            for name in names {
                // What has its namesake on the other side is not renamed.
                if others.contains(name) { continue }
                for other in others where !names.contains(other) { votes[shape.before + "\u{0}" + name, default: [:]][other, default: 0] += 1 / Double(names.count * others.count) }
            }
        }
        var all: [(key: String, other: String, votes: Double)] = votes.flatMap { key, images in images.map { (key, $0.key, $0.value) } }
        all.sort { $0.votes != $1.votes ? $0.votes > $1.votes : ($0.key, $0.other) < ($1.key, $1.other) }
        var taken: Set<String> = []
        var takenOther: Set<String> = []
        for vote in all where vote.votes >= 1 {
            let parts = vote.key.split(separator: "\u{0}", maxSplits: 1, omittingEmptySubsequences: false)
            let before = String(parts[0]), name = parts.count > 1 ? String(parts[1]) : ""
            let from = Self.joined(before, name), to = Self.joined(before, vote.other)
            guard !taken.contains(from), !takenOther.contains(to) else { continue }
            taken.insert(from)
            takenOther.insert(to)
            moduleNames[from] = to
            renames.append(Correspondence(kind: .rename, primary: from.isEmpty ? "(root module)" : from, dr: to.isEmpty ? "(root module)" : to, support: Int(vote.votes)))
        }
        return moduleNames.count > known
    }

    private static func joined(_ before: String, _ name: String) -> String {
        before.isEmpty ? name : name.isEmpty ? before : "\(before).\(name)"
    }

    private func collect(_ side: Side, isFree: (Int) -> Bool, depth: Int?, map: [String: String], into shapes: inout [Shape: Set<String>]) {
        for resource in side.resources where resource.instances.contains(where: isFree) {
            guard let depth else {
                shapes[Shape(before: "", after: "", type: ObjectIdentifier(resource.type), name: resource.name), default: []].insert(resource.module)
                continue
            }
            let segments = Self.segments(resource.module)
            guard segments.count >= depth else { continue }
            let before = Self.mapped(segments.prefix(depth).joined(separator: "."), map)
            if segments.count > depth {
                let shape = Shape(before: before, after: segments.dropFirst(depth + 1).joined(separator: "."), type: ObjectIdentifier(resource.type), name: resource.name)
                shapes[shape, default: []].insert(segments[depth])
            }
            if depth == 0 {
                // The whole side may stand one module deeper on the other side.
                let shape = Shape(before: "", after: resource.module, type: ObjectIdentifier(resource.type), name: resource.name)
                shapes[shape, default: []].insert("")
            }
        }
    }

    /// A module path with its longest renamed prefix replaced.
    static func mapped(_ module: String, _ names: [String: String]) -> String {
        if names.isEmpty { return module }
        let segments = segments(module)
        for count in stride(from: segments.count, through: 0, by: -1) {
            let prefix = segments.prefix(count).joined(separator: ".")
            guard let other = names[prefix], !(count == 0 && !segments.isEmpty && names.count > 1) else { continue }
            return joined(other, segments.dropFirst(count).joined(separator: "."))
        }
        return module
    }

    // MARK: Resource names

    private struct NameRule: Hashable {
        var primary: String
        var dr: String
        var atStart: Bool
    }

    /// The replacement of name tokens that pairs most kinds of unpaired resources.
    private func bestNameRule() -> (primary: String, dr: String, names: [String: String])? {
        struct Slot: Hashable { var module: String; var type: ObjectIdentifier }
        var left: [Slot: [String]] = [:]
        var right: [Slot: [String]] = [:]
        for resource in primary.resources where resource.instances.contains(where: { table.ofPrimary[$0] == nil }) {
            left[Slot(module: Self.mapped(resource.module, moduleNames), type: ObjectIdentifier(resource.type)), default: []].append(resource.name)
        }
        for resource in dr.resources where resource.instances.contains(where: { table.ofDR[$0] == nil }) {
            right[Slot(module: resource.module, type: ObjectIdentifier(resource.type)), default: []].append(resource.name)
        }
        var votes: [NameRule: Set<String>] = [:]
        var names: [NameRule: [String: String]] = [:]
        for (slot, mine) in left {
            guard let others = right[slot], mine.count * others.count <= 400 else { continue }
            for name in mine {
                for other in others where name != other {
                    guard let rule = Self.difference(name, other) else { continue }
                    votes[rule, default: []].insert("\(slot.type)\(name)")
                    names[rule, default: [:]][name] = other
                }
            }
        }
        let best = votes.max { left, right in
            left.value.count != right.value.count ? left.value.count < right.value.count : (left.key.primary, left.key.dr) > (right.key.primary, right.key.dr)
        }
        guard let best, best.value.count >= 2 || RoleWords.areOpposed(best.key.primary, best.key.dr) else { return nil }
        return (best.key.primary, best.key.dr, names[best.key] ?? [:])
    }

    private static func difference(_ name: String, _ other: String) -> NameRule? {
        let a = name.split(whereSeparator: { $0 == "_" || $0 == "-" }), b = other.split(whereSeparator: { $0 == "_" || $0 == "-" })
        var head = 0
        while head < a.count, head < b.count, a[head] == b[head] { head += 1 }
        var tail = 0
        while tail < a.count - head, tail < b.count - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] { tail += 1 }
        let middle = a[head..<(a.count - tail)].joined(separator: "_"), otherMiddle = b[head..<(b.count - tail)].joined(separator: "_")
        // Names with nothing in common pair only by words that mean the two sides.
        if head + tail == 0, !RoleWords.areOpposed(middle, otherMiddle) { return nil }
        return NameRule(primary: middle, dr: otherMiddle, atStart: head == 0)
    }

    private mutating func joinRenamed(names: [String: String]) {
        guard !moduleNames.isEmpty || !names.isEmpty else { return }
        let modules = moduleNames, home = homeRegion, drHome = drHomeRegion
        join(.rename, 0.95, { pairing, index in
            let resource = pairing.primary.resource(of: index)
            let name = names[resource.name] ?? (names.isEmpty ? resource.name : nil)
            guard let name else { return nil }
            return Self.mapped(resource.module, modules) + "\u{0}" + resource.type.name + "\u{0}" + name + "\u{0}" + RegionMark.own(pairing.primary.instances[index].key?.description ?? "", home: home)
        }, { pairing, index in
            let resource = pairing.dr.resource(of: index)
            return resource.module + "\u{0}" + resource.type.name + "\u{0}" + resource.name + "\u{0}" + RegionMark.own(pairing.dr.instances[index].key?.description ?? "", home: drHome)
        })
    }
}
