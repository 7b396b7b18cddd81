import Findings
import Recovery
import Reports
import Snapshots
import Timestamps

extension DoctorReport {
    init(_ examinations: [StateExamination], problems: [Problem], notices: [Notice], failOn: Severity) {
        self.init(
            states: examinations.map { State($0, now: .now()) }, failOn: failOn,
            notices: notices + examinations.flatMap { examination in examination.notes.map { Notice(.caution, .words("\(examination.reference): \($0)")) } },
            problems: problems + examinations.flatMap(\.failures).map { Problem(reference: $0.reference, message: $0.message, hint: $0.hint) })
    }
}

extension DoctorReport.State {
    init(_ examination: StateExamination, now: Timestamp) {
        self.init(
            reference: examination.reference, verdict: examination.verdict.rawValue,
            symptoms: examination.symptoms.map {
                DoctorReport.Symptom(
                    ruleID: $0.ruleID.description, severity: $0.severity, message: $0.message, remedy: $0.remedy, byteOffset: $0.byteOffset, address: $0.address)
            },
            lastGood: examination.lastGood.map(DoctorReport.Version.init), holders: examination.holders?.map { LockHolderRow($0, now: now) },
            digest: examination.digest.map {
                DoctorReport.Digest(stored: $0.stored, actual: $0.actual, matches: $0.matches, owner: $0.owner.map(DoctorReport.Version.init))
            })
        terraformNow = examination.terraformNow
        nextCommand = examination.nextCommand
    }
}

extension DoctorReport.Version {
    init(_ entry: VersionEntry) {
        self.init(versionID: entry.versionID, serial: entry.serial, lastModified: entry.lastModified)
    }
}

extension LockHolderRow {
    init(_ holder: LockHolder, now: Timestamp) {
        let since = holder.info?.created ?? holder.stored
        self.init(
            half: holder.half.rawValue, place: holder.place, id: holder.info?.id, who: holder.info?.who, operation: holder.info?.operation, created: since,
            age: since.map { now - $0 }, isAbandoned: holder.isAbandoned)
    }
}
