internal import Findings
internal import TerraformState

/// The doctor's judgement of one version: a verdict and everything that led to it, the gravest first.
public struct Diagnosis: Sendable, Hashable {
    public var verdict: Verdict
    public var symptoms: [Symptom]

    /// Whether the version lost more objects than goes without suspicion.
    var showsLoss: Bool {
        symptoms.contains { HistorySuspicion.lossRules.contains($0.ruleID) }
    }

    /// Whether nothing speaks against the version. What OpenTofu encrypted passes when serial and lineage do.
    var isGood: Bool {
        verdict == .ok || verdict == .encrypted && !symptoms.contains { $0.severity >= .high }
    }

    /// Thresholds of suspicion.
    public struct Policy: Sendable, Hashable {
        /// The share of the managed objects whose disappearance between two versions makes the newer one suspect, 0 to 1.
        public var shrinkThreshold: Double
        /// Up to this many objects may go in one step without suspicion, however small the state is.
        public var unremarkableLoss: Int
        /// A loss that is older than this and was never undone was meant.
        public var settlingTime: Duration

        public init(shrinkThreshold: Double = 0.2, unremarkableLoss: Int = 2, settlingTime: Duration = .seconds(7 * 86_400)) {
            self.shrinkThreshold = shrinkThreshold
            self.unremarkableLoss = unremarkableLoss
            self.settlingTime = settlingTime
        }
    }

    /// Judges the bytes of one version against what came before it.
    ///
    /// Lineage and serial are suspect only when neither predecessor explains them, so that the version after a wrong one
    /// is not blamed for being right. What is missing is counted against the last good version, so that the version after
    /// an accident is not taken for good because the accident came before it.
    /// - Parameters:
    ///   - content: the version.
    ///   - nearest: the nearest readable version before it.
    ///   - lastGood: the nearest version before it without suspicion.
    ///   - lossIsSettled: objects that are missing have been missing so long that somebody meant it.
    init(of content: ExaminedContent, nearest: ExaminedContent?, lastGood: ExaminedContent?, lossIsSettled: Bool, policy: Policy) {
        let predecessors = [nearest, lastGood].compactMap { $0 }.filter { $0.generation != nil }
        var symptoms = Self.symptoms(ofFileIn: content, existing: predecessors.map(\.objects.count).max() ?? 0)
        verdict = Verdict(content.reading.verdict)
        if content.generation != nil {
            symptoms += predecessors.map { HistorySuspicion.identity(of: content, after: $0) }.min { $0.count < $1.count } ?? []
            if !lossIsSettled, let reference = lastGood ?? nearest { symptoms += HistorySuspicion.losses(of: content, since: reference, policy: policy) }
            if let nearest { symptoms += HistorySuspicion.terraformVersion(of: content, after: nearest) }
            if verdict == .ok, symptoms.contains(where: { $0.severity >= .high }) { verdict = .suspect }
        }
        self.symptoms = symptoms.sorted { $0.severity > $1.severity }
    }

    /// A version without bytes.
    public init(verdict: Verdict, symptom: Symptom) {
        self.verdict = verdict
        symptoms = [symptom]
    }
}
