public import TerraformState

/// One side of a comparison: one or several states, or a part of one.
public struct Stack: Sendable {
    /// A state and which of its instances belong to this side.
    public struct Member: Sendable {
        public var reference: String
        public var state: TerraformState
        /// Positions in `TerraformState.instances`; nil for all.
        public var selection: Set<Int>?

        public init(reference: String, state: TerraformState, selection: Set<Int>? = nil) {
            self.reference = reference
            self.state = state
            self.selection = selection
        }
    }
    public var members: [Member]

    public init(_ members: [Member]) { self.members = members }

    /// A stack of one whole state.
    public init(_ state: TerraformState, reference: String = "") {
        members = [Member(reference: reference, state: state)]
    }
}
