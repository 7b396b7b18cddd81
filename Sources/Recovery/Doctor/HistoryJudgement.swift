public import Timestamps

/// Judges the versions of one state one after the other, oldest first, each against what came before it.
public struct HistoryJudgement: Sendable {
    private let policy: Diagnosis.Policy
    private var nearestReadable: ExaminedContent?
    private var lastGood: ExaminedContent?
    /// When the objects that are missing now were first missing.
    private var lossBegan: Timestamp?

    public init(policy: Diagnosis.Policy = .init()) {
        self.policy = policy
    }

    /// The judgement of the next version.
    ///
    /// Its bytes are kept until newer readable and good ones came: two versions of a state are in memory at most.
    /// - Parameter written: when the version was written, for telling an accident from what was meant long ago.
    public mutating func judge(_ content: ExaminedContent, written: Timestamp) -> Diagnosis {
        let lossIsSettled = lossBegan.map { written - $0 >= policy.settlingTime } ?? false
        let diagnosis = Diagnosis(of: content, nearest: nearestReadable, lastGood: lastGood, lossIsSettled: lossIsSettled, policy: policy)
        if content.generation != nil { nearestReadable = content }
        if diagnosis.isGood { lastGood = content }
        lossBegan = diagnosis.showsLoss ? lossBegan ?? written : nil
        return diagnosis
    }
}
