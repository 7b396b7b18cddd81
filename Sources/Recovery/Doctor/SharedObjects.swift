internal import Findings

/// Real objects that stand in more than one of the states examined together: whoever destroys one takes the other's.
public enum SharedObjects {
    private struct Pair: Hashable {
        var first: Int
        var second: Int
    }

    /// One object in two states.
    private struct Share {
        var address: String
        var other: String
    }

    /// Adds what was found to the examinations. Two states of different lineage that are sound by themselves become suspect;
    /// where one is suspect already, that one is to blame.
    ///
    /// - Parameter areCopies: whether two sites hold the same states on purpose.
    public static func mark(_ examinations: inout [StateExamination], areCopies: (String, String) -> Bool) {
        var owners: [String: (index: Int, address: String)] = [:]
        var shares: [Pair: [Share]] = [:]
        for (index, examination) in examinations.enumerated() {
            for object in examination.objects {
                guard let owner = owners[object.identity] else {
                    owners[object.identity] = (index, object.address)
                    continue
                }
                guard owner.index != index, !areSame(examinations[owner.index], examination, areCopies) else { continue }
                shares[Pair(first: owner.index, second: index), default: []].append(Share(address: owner.address, other: object.address))
            }
        }
        let verdicts = examinations.map(\.verdict)
        for (pair, found) in shares.sorted(by: { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }) {
            let (first, second) = (examinations[pair.first], examinations[pair.second])
            let isCopy = !first.lineage.isEmpty && first.lineage == second.lineage
            let areSound = !isCopy && verdicts[pair.first] == .ok && verdicts[pair.second] == .ok
            examinations[pair.first].add(symptom(found, second.reference, isCopy), makesSuspect: areSound)
            examinations[pair.second].add(symptom(found.map { Share(address: $0.other, other: $0.address) }, first.reference, isCopy), makesSuspect: areSound)
        }
    }

    /// Replicas of each other, or files that are versions of one state.
    private static func areSame(_ first: StateExamination, _ second: StateExamination, _ areCopies: (String, String) -> Bool) -> Bool {
        guard let one = first.site, let other = second.site else { return first.lineage == second.lineage }
        return one != other && areCopies(one, other)
    }

    private static func symptom(_ shares: [Share], _ reference: String, _ isCopy: Bool) -> Symptom {
        let first = shares.first.map { "\($0.address) here, \($0.other) there" } ?? ""
        let objects = shares.count == 1 ? "one object is" : "\(shares.count) objects are"
        if isCopy {
            return Symptom(
                ruleID: "state.copied", severity: .high,
                message: "\(objects) also in \(reference), which has the same lineage (\(first)): one state was copied to two keys, and two applies would fight over it",
                remedy: "decide which of the two is worked with, and move the other away")
        }
        return Symptom(
            ruleID: "state.id-in-two-states", severity: .high,
            message: "\(objects) also in \(reference) (\(first)): destroying it in one takes the other's", remedy: "keep it in one of the two states: terraform state rm it in the other")
    }
}
