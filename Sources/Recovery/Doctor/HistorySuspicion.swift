internal import Findings
internal import TerraformState

/// What only the history of a state can tell: another lineage, a serial that went back or was used twice, resources that
/// are suddenly gone.
enum HistorySuspicion {
    /// The rules by which missing objects make a version suspect.
    static let lossRules: Set<RuleID> = ["history.emptied", "history.shrunk"]

    /// Lineage and serial.
    static func identity(of content: ExaminedContent, after predecessor: ExaminedContent) -> [Symptom] {
        guard let now = content.generation, let before = predecessor.generation else { return [] }
        if now.lineage != before.lineage, !now.lineage.isEmpty, !before.lineage.isEmpty { return [lineage(content, predecessor)] }
        return serial(content, now.serial, predecessor, before.serial)
    }

    private static func lineage(_ content: ExaminedContent, _ predecessor: ExaminedContent) -> Symptom {
        let shared = content.objects.intersection(predecessor.objects).count
        let message =
            shared * 2 < predecessor.objects.count
            ? "another lineage than the version before, and only \(shared) of its \(predecessor.objects.count) objects: this is the state of something else; an apply would destroy or create what does not belong here"
            : "another lineage than the version before: the state was recreated or pushed with -force; saved plans and terraform_remote_state readers cannot tell"
        return Symptom(ruleID: "history.lineage-changed", severity: .high, message: message, remedy: "tfguard diff shows what differs; tfguard restore puts the last good version back")
    }

    private static func serial(_ content: ExaminedContent, _ now: UInt64, _ predecessor: ExaminedContent, _ before: UInt64) -> [Symptom] {
        if now < before {
            return [
                Symptom(
                    ruleID: "history.serial-went-back", severity: .high,
                    message: "serial \(now) after serial \(before): an older state was written over a newer one; plans saved with serial \(now) would be accepted again",
                    remedy: "tfguard diff shows what was lost; tfguard restore puts the newer version back with a serial above both")
            ]
        }
        if now == before, !content.means(predecessor) {
            return [
                Symptom(
                    ruleID: "history.serial-reused", severity: .high,
                    message: "serial \(now) twice with different content: two writers, or a hand edit; a plan saved for the other content would be accepted",
                    remedy: "tfguard diff shows what differs; tfguard restore writes the right one with a higher serial")
            ]
        }
        return []
    }

    /// Managed objects that are missing.
    static func losses(of content: ExaminedContent, since predecessor: ExaminedContent, policy: Diagnosis.Policy) -> [Symptom] {
        guard content.state != nil, predecessor.state != nil, !predecessor.objects.isEmpty else { return [] }
        let lost = predecessor.objects.subtracting(content.objects)
        let total = predecessor.objects.count
        if content.objects.isEmpty {
            return [
                Symptom(
                    ruleID: "history.emptied", severity: .critical,
                    message: "all \(total) managed objects of the last good version are gone: unless that was a destroy, a plan would create \(total) resources that exist",
                    remedy: "if nobody ran a destroy, tfguard restore puts the last good version back")
            ]
        }
        if lost.count > policy.unremarkableLoss, Double(lost.count) >= policy.shrinkThreshold * Double(total) {
            return [
                Symptom(
                    ruleID: "history.shrunk", severity: .high,
                    message: "\(lost.count) of \(total) managed objects of the last good version are gone: unless they were destroyed, a plan would create them again",
                    remedy: "tfguard diff lists them; tfguard restore puts the last good version back")
            ]
        }
        let data = lost.filter(\.holdsData)
        guard !data.isEmpty else { return [] }
        let types = Set(data.map(\.type)).sorted().joined(separator: ", ")
        return [
            Symptom(
                ruleID: "history.data-store-gone", severity: .medium,
                message: "\(data.count) objects that hold data (\(types)) are no longer in the state: if they were forgotten and not destroyed, a plan would create empty ones",
                remedy: "tfguard diff names them")
        ]
    }

    /// A step to another minor release of Terraform.
    static func terraformVersion(of content: ExaminedContent, after predecessor: ExaminedContent) -> [Symptom] {
        guard let now = content.state?.terraformVersion, let before = predecessor.state?.terraformVersion,
            let newer = ReleaseNumber(now), let older = ReleaseNumber(before), newer.major != older.major || newer.minor != older.minor
        else { return [] }
        let direction = older < newer ? "newer" : "older"
        return [
            Symptom(
                ruleID: "history.terraform-version", severity: .info,
                message: "written by the \(direction) Terraform \(now) after \(before); going back across that step may need the other version's providers")
        ]
    }
}

/// The numbers at the front of a release: `1.11.4`.
struct ReleaseNumber: Comparable {
    let major: Int
    let minor: Int
    let patch: Int

    init?(_ text: String) {
        let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) }
        guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.major = major
        self.minor = minor
        patch = numbers.count > 2 ? numbers[2] ?? 0 : 0
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
