internal import Findings
internal import S3
internal import Sites
internal import Timestamps
internal import Vault

/// Decides, key by key, what a run has to do, and keeps count of what it leaves out.
struct SiteListing {
    enum Work {
        /// A state. `isKnown`: the vault has it already, so that whatever it holds now, it stays one.
        case state(KeyVersions, isKnown: Bool)
        /// The content decides.
        case examine(KeyVersions)
    }

    private let site: Site
    private let options: SnapshotOptions
    private let selection: SiteSelection
    private let known: Set<StateID>
    private var unseen: Set<StateID>
    private var seen: Set<Int> = []
    private var examined = 0
    private(set) var ignored: [IgnoredReason: Int] = [:]
    private(set) var findings: [Finding] = []
    private(set) var problems: [SnapshotProblem] = []
    private let remembered: [ObjectFingerprint: IgnoredReason]
    /// Objects that an earlier run looked into, and that are as they were then.
    private(set) var recognised: Set<ObjectFingerprint> = []

    init(site: Site, options: SnapshotOptions, known: Set<StateID>, remembered: [ObjectFingerprint: IgnoredReason]) {
        self.remembered = remembered
        self.site = site
        self.options = options
        self.known = known
        selection = site.selection(options.states, shard: options.shard)
        unseen = known
    }

    /// What to do about a key; nil when it is left out, and counted.
    mutating func judge(_ key: KeyVersions) -> Work? {
        let id = StateID(site: site.name, key: key.key)
        let isKnown = known.contains(id)
        unseen.remove(id)
        guard seen.insert(id.hashValue).inserted else {
            problems.append(
                SnapshotProblem(
                    reference: "\(site.name):\(key.key)", code: "key-listed-twice",
                    message: "the server listed this key in two places, pages apart: \(key.versions.count) versions of the second are not in this snapshot",
                    hint: "run again; if it stays, the server's listing is broken: a state's versions must follow each other"))
            return nil
        }
        if let reason = selection.exclusion(of: key.key) { return leaveOut(reason) }
        var key = key
        if let moment = options.asOf {
            guard let earlier = key.asOf({ $0.lastModified <= moment }) else { return leaveOut(.notSelected) }
            key = earlier
        }
        if isKnown { return .state(key, isKnown: true) }
        switch ObjectCandidate(key: key.key, largestSize: key.largestSize) {
        case .state: return recognise(key).map { leaveOut($0) } ?? .state(key, isKnown: false)
        case .ignored(let reason): return leaveOut(reason)
        case .unknown:
            if let reason = recognise(key) { return leaveOut(reason) }
            guard examined < options.examinedObjects else {
                if ignored[.notExamined] == nil {
                    findings.append(
                        Finding(
                            ruleID: "discovery.too-many-objects", severity: .medium, subject: site.name,
                            message: "more than \(options.examinedObjects) objects do not tell by their name whether they are states; the rest was not looked into",
                            remedy: "narrow the site with prefix, states or exclude in tfguard.yaml"))
                }
                return leaveOut(.notExamined)
            }
            examined += 1
            return .examine(key)
        }
    }

    /// States of the vault that a whole listing did not show, and that this run was about.
    var gone: [StateID] {
        // A listing of the past says nothing about what is there now.
        guard options.asOf == nil else { return [] }
        return unseen.filter { site.layout.contains($0.key) && selection.exclusion(of: $0.key) == nil }.sorted()
    }

    private mutating func recognise(_ key: KeyVersions) -> IgnoredReason? {
        guard !remembered.isEmpty else { return nil }
        let fingerprint = ObjectFingerprint(key)
        guard let reason = remembered[fingerprint] else { return nil }
        recognised.insert(fingerprint)
        return reason
    }

    private mutating func leaveOut(_ reason: IgnoredReason) -> Work? {
        ignored[reason, default: 0] += 1
        return nil
    }
}
