internal import TerraformState

/// Gives each instance its side.
extension SplitPlan {
    /// Positions of each side's instances, each in ascending meaning: what bears the mark of a side, then what only that side
    /// uses or builds on, then what is named like it. What is left serves both sides and stands in both.
    func divide(by criterion: StackSplit.Criterion) -> (primary: Set<Int>, dr: Set<Int>)? {
        var side: [Bool?] = entries.map { mark(of: $0, by: criterion) }
        placeByRegion(&side, criterion)
        placeByModule(&side)
        spread(&side)
        placeByName(&side)
        spread(&side)
        let dr = Set(side.indices.filter { side[$0] != false })
        let primary = Set(side.indices.filter { side[$0] != true })
        let hasBoth = side.contains(true) && side.contains(false)
        return hasBoth ? (primary, dr) : nil
    }

    /// Whether an entry bears DR's mark, or the primary's; nil for neither.
    private func mark(of entry: Entry, by criterion: StackSplit.Criterion) -> Bool? {
        let resource = resources[entry.resource]
        switch criterion {
        case .providers(let primary, let dr):
            if resource.alias == dr, !dr.isEmpty { return true }
            // A global object, or one of a provider without regions, has the primary's alias by habit: its users tell more.
            guard isRegional(resource), !GenericKnowledge.isGlobal(type: resource.type) else { return nil }
            return resource.alias == dr ? true : resource.alias == primary ? false : nil
        case .modules(let primary, let dr):
            let path = resource.module.joined(separator: ".")
            if path == dr || path.hasPrefix(dr + ".") { return true }
            if path == primary || path.hasPrefix(primary + ".") { return false }
            return nil
        case .names(let token):
            if Self.tokens(of: resource.name).contains(token) { return true }
            return resource.isManaged && isRegional(resource) ? false : nil
        case .regions(let primary, let dr):
            let text = (entry.key.map(\.description) ?? "") + resource.module.joined()
            if entry.region == dr || text.contains("\"\(dr)\"") { return true }
            if entry.region == primary || text.contains("\"\(primary)\"") { return false }
            return nil
        }
    }

    /// What bears no mark stands on the side in whose region it is.
    private func placeByRegion(_ side: inout [Bool?], _ criterion: StackSplit.Criterion) {
        var counts: [Bool: [String: Int]] = [:]
        for (position, entry) in entries.enumerated() where !entry.region.isEmpty {
            if let isDR = side[position] { counts[isDR, default: [:]][entry.region, default: 0] += 1 }
        }
        func home(_ isDR: Bool) -> String? { counts[isDR]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
        guard let primary = home(false), let dr = home(true), primary != dr else { return }
        for (position, entry) in entries.enumerated() where !entry.region.isEmpty && !GenericKnowledge.isGlobal(type: resources[entry.resource].type) {
            // Without a token in its name an object counts as the primary's only as long as it does not stand in DR.
            let isUnnamed = if case .names = criterion { side[position] == false } else { false }
            guard side[position] == nil || isUnnamed else { continue }
            if entry.region == dr { side[position] = true } else if entry.region == primary { side[position] = false }
        }
        // A global object that is keyed by a side's region, such as a record for each site, is that side's.
        for (position, entry) in entries.enumerated() where side[position] == nil {
            guard case .string(let key) = entry.key else { continue }
            if key == dr { side[position] = true } else if key == primary { side[position] = false }
        }
    }

    /// What stands in a module instance all of whose marked objects are one side's.
    private func placeByModule(_ side: inout [Bool?]) {
        var counts: [String: (primary: Int, dr: Int)] = [:]
        func path(_ entry: Entry) -> String { resources[entry.resource].module.joined(separator: ".") }
        for (position, entry) in entries.enumerated() {
            guard let isDR = side[position] else { continue }
            if isDR { counts[path(entry), default: (0, 0)].dr += 1 } else { counts[path(entry), default: (0, 0)].primary += 1 }
        }
        for (position, entry) in entries.enumerated() where side[position] == nil && !resources[entry.resource].module.isEmpty {
            guard let count = counts[path(entry)], count.primary == 0 || count.dr == 0, count.primary + count.dr >= 3 else { continue }
            side[position] = count.dr > 0
        }
    }

    /// What only one side uses is that side's, and what nobody uses and builds on one side only.
    private func spread(_ side: inout [Bool?]) {
        var waits = true
        for _ in 0..<12 {
            let before = side.count { $0 == nil }
            spread(&side, waits: waits)
            if side.count(where: { $0 == nil }) < before {
                waits = true
            } else {
                // What waits for users that nothing places goes by the users that are placed.
                if !waits { break }
                waits = false
            }
        }
    }

    private struct Seen {
        var primary = false
        var dr = false
        /// Used by something that has no side yet.
        var open = false
    }

    private func spread(_ side: inout [Bool?], waits: Bool) {
        var users: [String: Seen] = [:]
        var homes: [String: Seen] = [:]
        for (position, entry) in entries.enumerated() {
            note(side[position], resources[entry.resource].configAddress, in: &homes)
            for dependency in entry.dependencies { note(side[position], dependency, in: &users) }
        }
        for (position, entry) in entries.enumerated() where side[position] == nil {
            var seen = users[resources[entry.resource].configAddress] ?? Seen()
            if seen.open, waits { continue }
            if !seen.primary, !seen.dr {
                for dependency in entry.dependencies {
                    guard let home = homes[dependency] else { continue }
                    seen.primary = seen.primary || home.primary
                    seen.dr = seen.dr || home.dr
                }
            }
            if seen.primary != seen.dr { side[position] = seen.dr }
        }
    }

    private func note(_ isDR: Bool?, _ address: String, in table: inout [String: Seen]) {
        switch isDR {
        case true?: table[address, default: Seen()].dr = true
        case false?: table[address, default: Seen()].primary = true
        case nil: table[address, default: Seen()].open = true
        }
    }

    // MARK: Names

    private struct Slot: Hashable {
        var module: String
        var type: String
        var name: String
    }

    /// Two objects of one type whose names differ by the tokens that tell the sides' other names apart.
    private func placeByName(_ side: inout [Bool?]) {
        let (primaryTokens, drTokens) = telling(side)
        var slots: [Slot: [Int]] = [:]
        for (position, entry) in entries.enumerated() { slots[slot(of: entry), default: []].append(position) }
        var plain: [Slot: Slot] = [:]
        for slot in slots.keys {
            var bare = slot
            bare.name = Self.tokens(of: slot.name).filter { !primaryTokens.contains($0) }.joined(separator: "_")
            if !Self.tokens(of: slot.name).contains(where: drTokens.contains) { plain[bare] = slot }
        }
        for (slot, positions) in slots {
            let tokens = Self.tokens(of: slot.name)
            let rest = tokens.filter { !drTokens.contains($0) || primaryTokens.contains($0) }
            guard rest.count < tokens.count, let twin = plain[Slot(module: slot.module, type: slot.type, name: rest.joined(separator: "_"))], let others = slots[twin] else { continue }
            let isOpen = positions.contains { side[$0] == nil } || others.contains { side[$0] == nil }
            guard isOpen, !positions.contains(where: { side[$0] == false }), !others.contains(where: { side[$0] == true }) else { continue }
            for position in positions { side[position] = true }
            for position in others { side[position] = false }
        }
    }

    private func slot(of entry: Entry) -> Slot {
        let resource = resources[entry.resource]
        return Slot(module: resource.module.joined(separator: "."), type: resource.type, name: resource.name)
    }

    /// Tokens that most names of one side have and few of the other, and the words by which people tell sides apart.
    private func telling(_ side: [Bool?]) -> (primary: Set<String>, dr: Set<String>) {
        var counts: [Bool: [String: Int]] = [:]
        var totals: [Bool: Int] = [:]
        for (position, entry) in entries.enumerated() {
            guard let isDR = side[position] else { continue }
            totals[isDR, default: 0] += 1
            for token in Set(Self.tokens(of: resources[entry.resource].name)) { counts[isDR, default: [:]][token, default: 0] += 1 }
        }
        func frequent(_ isDR: Bool) -> Set<String> {
            let all = totals[isDR] ?? 0, others = totals[!isDR] ?? 0
            return Set((counts[isDR] ?? [:]).filter { $0.value * 2 > all && (counts[!isDR]?[$0.key] ?? 0) * 8 <= others }.keys)
        }
        return (frequent(false).union(RoleWords.primary.filter { $0.count > 1 }), frequent(true).union(RoleWords.dr.filter { $0.count > 1 }))
    }
}
