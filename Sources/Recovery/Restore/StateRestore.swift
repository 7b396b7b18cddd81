/// Puts a state back: plan, do, prove.
///
/// Terraform itself cannot: `terraform state push` reads the destination first and refuses whatever is wrong there. So the
/// object is written directly, under Terraform's own locks, with a serial that no saved plan fits, and with its digest.
public struct StateRestore: Sendable {
    let context: RestoreContext

    public init(_ context: RestoreContext) {
        self.context = context
    }
}
