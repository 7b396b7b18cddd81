public import Snapshots
public import StateJSON
internal import TerraformState

/// What the doctor found out about one state: the file, its history, its lock, its digest.
public struct StateExamination: Sendable {
    /// `SITE:KEY`, a path, or `-`.
    public var reference: String
    public var verdict: Verdict
    /// The gravest first.
    public var symptoms: [Symptom]
    /// The current version; nil for files, and when nothing is known of the state.
    public var current: VersionEntry?
    /// The newest version without suspicion.
    public var lastGood: VersionEntry?
    /// Who holds the lock, in each half. Nil for files, and when the lock could not be read.
    public var holders: [LockHolder]?
    /// Nil where there is no lock table, and when it could not be read.
    public var digest: DigestExamination?
    /// What could not be read.
    public var failures: [Failure]
    /// What a reader should know.
    public var notes: [String]
    /// What Terraform would do with the state as it lies there; nil for a version that is not the current one.
    public var terraformNow: String?
    /// The command that heals the state; nil when it is well, or when nothing known here would do.
    public var nextCommand: String? {
        guard let site, let current else { return nil }
        let state = reference
        switch verdict {
        case .ok, .encrypted, .unsupported: return nil
        case .repairable: return "tfguard doctor \(state) --repair repaired.tfstate; tfguard adopt repaired.tfstate \(state)"
        case .suspect where digest?.matches == false && lastGood?.versionID == current.versionID: return "tfguard restore \(state) --to latest"
        case .suspect, .invalid, .unreadable, .checksum, .missing:
            guard let lastGood, lastGood.versionID != current.versionID || current.isDeleteMarker, !site.isEmpty else { return nil }
            return "tfguard restore \(state) --to id=\(lastGood.versionID)"
        }
    }
    /// The site's name; nil for files.
    var site: String?
    /// Empty when there is none.
    var lineage = ""
    /// The objects that can be told from all others.
    var objects: [RealObject] = []
    /// The judged bytes, for repairing and salvaging; nil when there are none.
    public var bytes: StateBytes?

    /// Something that could not be read.
    public struct Failure: Sendable, Hashable {
        public var reference: String
        public var message: String
        public var hint: String
    }

    init(reference: String, diagnosis: Diagnosis) {
        self.reference = reference
        verdict = diagnosis.verdict
        symptoms = diagnosis.symptoms
        failures = []
        notes = []
    }

    /// Takes over what a history showed.
    mutating func take(_ list: VersionList, _ walk: HistoryWalk) {
        current = list.entries.first
        lastGood = walk.lastGood
        notes = list.notes
        site = list.site
        if let content = walk.current?.content { take(content) }
    }

    /// Takes over what the bytes are.
    mutating func take(_ content: ExaminedContent) {
        bytes = content.bytes
        lineage = content.generation?.lineage ?? ""
        objects = content.state?.instances.compactMap(RealObject.init) ?? []
    }

    /// Adds what was seen beside other states.
    mutating func add(_ symptom: Symptom, makesSuspect: Bool) {
        add([symptom])
        if makesSuspect, verdict == .ok { verdict = .suspect }
    }

    /// Adds what is wrong around the file.
    mutating func add(_ more: [Symptom]) {
        symptoms = (symptoms + more).sorted { $0.severity > $1.severity }
    }
}
