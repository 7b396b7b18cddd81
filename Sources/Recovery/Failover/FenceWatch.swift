public import Sites
public import Snapshots
internal import Findings
internal import S3
internal import Timestamps

/// Looks for failovers that a state takes part in, for the doctor.
public struct FenceWatch: Sendable {
    /// One direction of replication between two sites that can be connected.
    public struct Link: Sendable {
        public var primary: Site
        public var dr: Site

        public init(primary: Site, dr: Site) {
            (self.primary, self.dr) = (primary, dr)
        }
    }

    let links: [Link]
    let catalog: StateCatalog
    private let silent = SilentSites()

    /// - Parameter catalog: must know all sites of the links.
    public init(links: [Link], catalog: StateCatalog) {
        (self.links, self.catalog) = (links, catalog)
    }

    /// What was found out about one state.
    struct Sight {
        var symptoms: [Symptom] = []
        var notes: [String] = []
    }

    /// The failovers of a state at one of the sites.
    func look(at key: String, of site: String) async throws -> Sight {
        var sight = Sight()
        for link in links where link.primary.name == site || link.dr.name == site {
            try await look(at: key, link, isPrimary: link.primary.name == site, &sight)
        }
        return sight
    }

    private func look(at key: String, _ link: Link, isPrimary: Bool, _ sight: inout Sight) async throws {
        let fence: FailoverFence
        if isPrimary, await silent.contains(link.dr.name) { return }
        do {
            // What stands on the DR side counts: the primary side may have been down when the fence was set.
            guard let stored = try await FenceStore(site: link.dr).read(key)?.fence, stored.isActive, stored.to.isBucket(of: link.dr.settings) else { return }
            fence = stored
        } catch let error as S3Error where isPrimary {
            await silent.insert(link.dr.name)
            sight.notes.append("\(link.dr.name) could not be asked whether a failover goes on there (\(error.code))")
            return
        }
        let home = "tfguard failback \(link.primary.name) \(link.dr.name) \(key)"
        sight.symptoms.append(
            Symptom(
                ruleID: isPrimary ? "state.fenced" : "state.failed-over", severity: .info,
                message: isPrimary ? "failed over to \(link.dr.name) since \(fence.created.rfc3339): work there" : "in use here since \(fence.created.rfc3339), failed over from \(link.primary.name)",
                remedy: "\(home) is the way home"))
        guard let lists = try await lists(key, link, &sight) else { return }
        let history = try await FencedHistory(fence, primary: lists.primary, dr: lists.dr, from: link.primary, catalog: catalog)
        sight.symptoms += Self.symptoms(history, link, key, home)
    }

    static func symptoms(_ history: FencedHistory, _ link: Link, _ key: String, _ home: String) -> [Symptom] {
        guard !history.primary.isEmpty else { return [] }
        if history.isSplit {
            return [
                Symptom(
                    ruleID: "state.split-brain", severity: .critical,
                    message: "both sides were written after the failover: \(history.primary.serialText) on \(link.primary.name), \(history.dr.serialText) on \(link.dr.name); neither knows all that exists",
                    remedy: "stop both; tfguard diff \(link.primary.name):\(key) \(link.dr.name):\(key) shows the difference; \(home) --keep SITE says which one stays")
            ]
        }
        return [
            Symptom(
                ruleID: "state.written-behind-fence", severity: .high,
                message: "\(link.primary.name) was written after the failover (\(history.primary.serialText)); \(link.dr.name) was not",
                remedy: "stop whoever works on \(link.primary.name); \(home) ends the failover")
        ]
    }

    /// Both sides as S3 lists them; nil when one does not answer: then nothing can be told.
    private func lists(_ key: String, _ link: Link, _ sight: inout Sight) async throws -> (primary: VersionList, dr: VersionList)? {
        var lists: [VersionList] = []
        for site in [link.primary, link.dr] {
            guard await !silent.contains(site.name) else { return nil }
            do {
                let list = try await catalog.listing(of: key, at: site.name)
                if list.origins.contains(.s3) {
                    lists.append(list)
                    continue
                }
            } catch is S3Error {}
            await silent.insert(site.name)
            sight.notes.append("\(site.name) does not answer: whether both sides were written since the failover cannot be told")
            return nil
        }
        return (lists[0], lists[1])
    }
}

extension StateCatalog {
    /// The versions of exactly this key; none when there is no such state.
    func listing(of key: String, at site: String) async throws -> VersionList {
        do {
            let list = try await versions(of: SiteReference(site: site, key: key))
            return list.key == key ? list : VersionList(site: site, key: key, entries: [], notes: [], origins: list.origins)
        } catch let error as ReferenceError {
            switch error.reason {
            case .noStates, .noSuchKey, .ambiguousKey: return VersionList(site: site, key: key, entries: [], notes: [], origins: .s3)
            default: throw error
            }
        }
    }
}

/// Sites that did not answer once, and are not asked again for every state.
private actor SilentSites {
    private var names: Set<String> = []

    func contains(_ name: String) -> Bool { names.contains(name) }
    func insert(_ name: String) { names.insert(name) }
}
