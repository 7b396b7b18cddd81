public import TerraformState

/// Finds the two stacks that one state holds: by provider configuration, by module, by names, or by region.
public struct StackSplit: Sendable {
    /// What tells the two sides apart.
    public enum Criterion: Hashable, Sendable {
        /// Aliases of provider configurations; the empty text is the configuration without one.
        case providers(primary: String, dr: String)
        /// Module addresses, `module.main`, `module.stack["eu-west-1"]`.
        case modules(primary: String, dr: String)
        /// A token that DR's resource names have, `dr` in `aws_vpc.dr_main`.
        case names(drToken: String)
        /// Regions in which the objects stand.
        case regions(primary: String, dr: String)
    }
    public let primary: Stack
    public let dr: Stack
    public let criterion: Criterion

    /// Splits `state`, by `criterion` or by what is found.
    /// - Returns: nil when the state holds no two stacks.
    public init?(_ state: TerraformState, reference: String = "", by criterion: Criterion? = nil) {
        let plan = SplitPlan(state)
        guard let criterion = criterion ?? plan.detect(), let sides = plan.divide(by: criterion) else { return nil }
        self.criterion = criterion
        primary = Stack([Stack.Member(reference: reference, state: state, selection: sides.primary)])
        dr = Stack([Stack.Member(reference: reference, state: state, selection: sides.dr)])
    }
}

extension StackSplit.Criterion: CustomStringConvertible {
    public var description: String {
        switch self {
        case .providers(let primary, let dr): "provider \(primary.isEmpty ? "(default)" : primary) and provider \(dr.isEmpty ? "(default)" : dr)"
        case .modules(let primary, let dr): "\(primary) and \(dr)"
        case .names(let token): "names with \(token)"
        case .regions(let primary, let dr): "region \(primary) and region \(dr)"
        }
    }
}
