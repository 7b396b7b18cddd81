internal import Cryptography
public import Sites
public import Snapshots
internal import StateJSON
internal import TerraformState
public import Timestamps

/// Rehearses a restore: each state is read from where a restore would take it, written to a scratch place, read back and
/// compared byte for byte, then given to Terraform; and it is measured how long that takes.
public struct Drill: Sendable {
    let catalog: StateCatalog
    let terraform: TerraformRehearsal?
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - catalog: must know the sites of the states.
    ///   - terraform: nil without a Terraform.
    public init(catalog: StateCatalog, terraform: TerraformRehearsal?, now: @escaping @Sendable () -> Timestamp) {
        (self.catalog, self.terraform, self.now) = (catalog, terraform, now)
    }

    /// Rehearses, one state after the other, and cleans up whatever happens.
    ///
    /// A state that cannot be restored is in the result.
    /// - Parameters:
    ///   - references: with the version that shall be restored.
    ///   - id: a name that no other run has.
    ///   - progress: called with each state before it is begun.
    /// - Throws: `CancellationError`, cleaned up; ``DrillError`` when the scratch place cannot be had.
    public func run(_ references: [SiteReference], into place: ScratchPlace, id: String, progress: @Sendable (SiteReference) -> Void = { _ in }) async throws -> DrillResult {
        let scratch = try place.open(id: id)
        var result = DrillResult(id: id, started: now(), recoveryTime: .zero, target: scratch.place, states: [], terraform: nil, leftovers: [])
        do {
            result.terraform = await terraform?.version()
            for reference in references {
                try Task.checkCancellation()
                progress(reference)
                result.states.append(try await rehearse(reference, scratch))
            }
        } catch {
            _ = await Task { await scratch.clean() }.value
            throw error
        }
        result.recoveryTime = result.states.reduce(.zero) { $0 + $1.recoveryTime }
        // Also when the command was interrupted just now.
        result.leftovers = await Task { await scratch.clean() }.value
        return result
    }

    private func rehearse(_ reference: SiteReference, _ scratch: any Scratch) async throws -> DrillResult.State {
        var state = DrillResult.State(reference: reference.description, key: reference.key ?? "")
        let start = now()
        let bytes: StateBytes
        do {
            let blob = try await catalog.read(.site(reference))
            (state.reference, state.key, state.origin) = (blob.reference, blob.key ?? state.key, blob.origin.rawValue)
            (state.versionID, state.size, state.sha256) = (blob.entry?.versionID, blob.bytes.count, blob.sha256.hex)
            let content = ExaminedContent(blob.bytes, sha256: blob.sha256)
            (state.serial, state.instances) = (content.generation?.serial, content.reading.state?.instanceCount)
            guard [.ok, .encrypted, .suspect].contains(Verdict(content.reading.verdict)) else {
                state.failure = "it is no usable state: \(content.reading.form.description)"
                return state
            }
            // Two sites may have the same key.
            let place = "\(reference.site)/\(state.key)"
            try await scratch.write(blob.bytes, key: place)
            bytes = try await scratch.read(place)
            state.restoredSHA256 = bytes.withUnsafeBytes { SHA256.hash($0) }.hex
            state.recoveryTime = max(.zero, now() - start)
            guard state.restoredSHA256 == state.sha256 else {
                state.failure = "what was read back is not what was written"
                return state
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            (state.failure, state.recoveryTime) = (String(describing: error), max(.zero, now() - start))
            return state
        }
        if let terraform { state.checks = try await terraform.check(bytes, key: state.key, site: reference.site, instances: state.instances) }
        return state
    }
}
