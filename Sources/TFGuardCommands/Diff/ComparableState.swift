import Reports
import Snapshots
import StateJSON
import TerraformState

/// A state that was read whole and understood: what diff, log and drift work on.
struct ComparableState {
    let state: TerraformState
    /// The reference in full.
    let reference: String
    /// What a reader should know: what Terraform would drop from it.
    let notices: [Notice]
    /// What was not read: S3 did not answer, and the vault's copy may not be the newest.
    let problems: [Problem]

    /// - Throws: ``Complaint`` when the bytes are no version 4 state, or one that Terraform would refuse: an empty
    ///   comparison must never mean that there was nothing to compare.
    /// - Parameter deferral: what is not looked into unless a comparison asks for it.
    init(_ blob: StateBlob, deferring deferral: JSONDeferral? = nil) throws(Complaint) {
        try self.init(blob.bytes, reference: blob.reference, notes: blob.notes, deferring: deferral)
    }

    /// The state that a reference leads to.
    init(reading reference: String, _ lookup: StateLookup, deferring deferral: JSONDeferral? = nil) async throws {
        try self.init(try await lookup.read(reference), deferring: deferral)
    }

    init(_ bytes: StateBytes, reference: String, notes: [String] = [], deferring deferral: JSONDeferral? = nil) throws(Complaint) {
        let reading = StateReading(bytes, deferring: deferral)
        guard let state = reading.state else {
            throw Complaint(
                .failure, reference, "is no state that can be compared: \(reading.form.description)",
                hint: "tfguard versions lists the others; tfguard show --raw gives the exact bytes.")
        }
        let problems = state.refusals
        if let refused = problems.first(where: { $0.effect == .refused }) {
            throw Complaint(.failure, reference, "is a state that Terraform refuses: \(refused.message)", hint: "tfguard versions lists the others.")
        }
        self.state = state
        self.reference = reference
        self.problems = notes.map { Problem(reference: reference, message: $0, hint: "vault:REFERENCE reads the vault on purpose.") }
        notices = problems.map { Notice(.caution, Phrase([.verbatim(reference), .words(": \($0.message)")])) }
    }
}
