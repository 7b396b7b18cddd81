import Recovery
import Reports
import Snapshots
import Timestamps

extension RestoreReport {
    static func notices(of result: RestoreResult) -> [Notice] {
        result.notes.map { Notice(.plain, .words($0)) }
            + result.abandonedLocks.map { Notice(.plain, .words("released an abandoned lock: held \($0)")) }
            + result.brokenLocks.map { Notice(.caution, .words("broke a lock: it was held \($0)")) }
    }

    static func problems(of result: RestoreResult, _ reference: String) -> [Problem] {
        result.failures.map { Problem(reference: reference, message: $0, hint: "tfguard doctor \(reference) shows what is left.") }
    }
}

extension RestoreReport.Result {
    init(_ result: RestoreResult) {
        self.init(
            versionID: result.versionID, serial: result.serial, sha256: result.sha256, digestUpdated: result.digestUpdated, isReplicated: result.isReplicated,
            undo: result.undo)
    }

    /// Everything was as it should be already.
    init(unchanged plan: RestorePlan) {
        self.init(
            versionID: plan.current?.versionID, serial: plan.newSerial, sha256: plan.from?.sha256 ?? "", digestUpdated: plan.digestAfter.map { _ in false },
            isReplicated: nil, undo: nil)
    }
}

extension RestoreReport.Plan {
    init(_ plan: RestorePlan, now: Timestamp) {
        self.init(
            reference: plan.reference, action: plan.action.rawValue, from: plan.from.map(RestoreReport.Side.init), to: RestoreReport.Side(plan.to),
            newSerial: plan.newSerial,
            lost: plan.lost.map { RestoreReport.Instance(address: $0.address, id: $0.id, remedy: $0.importBlock) },
            returning: plan.returning.map { RestoreReport.Instance(address: $0.address, id: $0.id, remedy: $0.removal, block: $0.removedBlock) }, locks: plan.locks,
            holders: plan.holders.map { LockHolderRow($0, now: now) }, digestBefore: plan.digestBefore, digestAfter: plan.digestAfter, cautions: plan.cautions)
        conditions = plan.guarding.rawValue
        brokenLock = plan.brokenLock
    }
}

extension RestoreReport.Side {
    init(_ side: RestorePlan.Side) {
        self.init(reference: side.reference, versionID: side.versionID, verdict: side.verdict.rawValue, size: side.size, sha256: side.sha256)
        serial = side.serial
        lineage = side.lineage
        terraformVersion = side.terraformVersion
        resourceCount = side.resourceCount
        instanceCount = side.instanceCount
    }
}
