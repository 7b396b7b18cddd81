/// The learned replacements as a person wants to check them.
enum CorrespondenceList {
    static func of(_ learner: Learner, renames: [Correspondence]) -> [Correspondence] {
        let learned = learner.learned
        var list = renames
        for (primary, dr) in learned.regions.forward.sorted(by: { $0.key < $1.key }) where primary != dr {
            list.append(Correspondence(kind: .region, primary: primary, dr: dr, support: learned.regions.support(primary, dr)))
        }
        for (primary, dr) in learned.zones.forward.sorted(by: { $0.key < $1.key }) where primary != dr {
            list.append(Correspondence(kind: .zone, primary: primary, dr: dr, support: learned.zones.support(primary, dr)))
        }
        for (primary, dr) in learned.accounts.forward.sorted(by: { $0.key < $1.key }) where primary != dr {
            list.append(Correspondence(kind: .account, primary: primary, dr: dr, support: learned.accounts.support(primary, dr)))
        }
        for base in learned.networks.bases where base.primary != base.dr {
            list.append(Correspondence(kind: .cidr, primary: base.primary.text, dr: base.dr.text, support: 1))
        }
        for (rule, support) in learned.names.rules {
            list.append(Correspondence(kind: .name, primary: String(decoding: rule.primary, as: UTF8.self), dr: String(decoding: rule.dr, as: UTF8.self), support: support))
        }
        let symbols = learner.index.symbols
        func text(_ symbol: Symbol) -> String { symbol < 0 ? "" : symbols.string(of: symbol) }
        let facts = learned.tags.facts.map { Correspondence(kind: .tag, primary: text($0.key.primary), dr: text($0.key.dr), support: $0.value, key: text($0.key.key)) }
        return list + facts.sorted { ($0.key ?? "", $0.primary, $0.dr) < ($1.key ?? "", $1.primary, $1.dr) }
    }
}
