internal import S3
internal import StateComparison
internal import StateJSON
internal import TerraformState

/// Works out what a failover at this moment would lose of one state.
struct LossAnalysis: Sendable {
    let contents: VersionContents
    /// Serials that are read for one state, newest first.
    static let serialLimit = 100
    /// Resources that are named for one state.
    static let resourceLimit = 200

    /// Fills in serials, and what the versions at risk changed.
    func analyse(_ state: OpenState, _ ledger: StateLedger) async throws -> StateLedger {
        var ledger = ledger
        let memory = await contents.memory(of: state.key)
        let point = state.source.first { $0.versionID == ledger.recoveryPoint.versionID }
        if let point { ledger.recoveryPoint.serial = try await contents.serial(of: point, replicaID: ledger.recoveryPoint.replicaID, memory, asksS3: true) }
        for index in ledger.missing.indices.prefix(Self.serialLimit) {
            ledger.missing[index].serial = try await contents.serial(of: ledger.missing[index].version, replicaID: nil, memory, asksS3: true)
        }
        for index in ledger.different.indices.prefix(Self.serialLimit) {
            ledger.different[index].serial = try await contents.serial(of: ledger.different[index].version, replicaID: nil, memory, asksS3: true)
        }
        guard ledger.recoveryPoint.versionsAtRisk > 0 else { return ledger }

        var loss = StateLoss()
        let end = point.flatMap { point in state.source.firstIndex { $0.versionID == point.versionID } } ?? state.source.count
        let lost = state.source[..<end]
        let serials = Dictionary((ledger.missing + ledger.different).map { ($0.version.versionID, $0.serial) }, uniquingKeysWith: { first, _ in first })
        loss.serials = lost.compactMap { serials[$0.versionID] ?? nil }
        guard let newest = lost.first(where: { !$0.isDeleteMarker }) else {
            ledger.loss = loss
            return ledger
        }
        do {
            try await compare(point, newest, ledger, memory, &loss)
        } catch let error as S3Error {
            loss.obstacle = "\(error.operation): \(error.code)"
        } catch let error as StateFormatError {
            loss.obstacle = "no state can be read from its bytes: \(error)"
        }
        ledger.loss = loss
        return ledger
    }

    private func compare(_ point: S3ObjectVersion?, _ newest: S3ObjectVersion, _ ledger: StateLedger, _ memory: VersionContents.Memory, _ loss: inout StateLoss) async throws {
        guard newest.size <= VersionContents.sizeLimit, (point?.size ?? 0) <= VersionContents.sizeLimit else {
            loss.obstacle = "the state is too large to be compared here"
            return
        }
        guard let newer = try await contents.bytes(of: newest, replicaID: nil, memory) else {
            loss.obstacle = "no place that can be read has its bytes"
            return
        }
        let after = try TerraformState(parsing: newer)
        guard let point, !point.isDeleteMarker else {
            let instances = after.instances
            loss.resourceCount = instances.count
            loss.resources = instances.prefix(Self.resourceLimit).map { .init(address: $0.address, action: "add") }
            return
        }
        guard let older = try await contents.bytes(of: point, replicaID: ledger.recoveryPoint.replicaID, memory) else {
            loss.obstacle = "no place that can be read has the bytes of the recovery point"
            return
        }
        let diff = StateDiff(from: try TerraformState(parsing: older), to: after)
        loss.resourceCount = diff.changes.count
        loss.resources = diff.changes.prefix(Self.resourceLimit).map { .init(address: $0.address, action: $0.action.rawValue) }
    }
}
