/// The user's word on what stands for what: two addresses, of instances, resources or modules.
public struct CounterpartRule: Hashable, Sendable {
    public var primary: String
    public var dr: String

    public init(primary: String, dr: String) {
        self.primary = primary
        self.dr = dr
    }
}
