import StateJSON
import TerraformState

/// What a managed object can be recognised by at another address.
struct ObjectMark: Hashable {
    enum Kind {
        case objectID
        /// For resource types without an id.
        case attributes
    }

    private let type: String
    private let text: [UInt8]

    /// Nil for what is not recognised elsewhere: data, deposed objects, and objects without such a mark.
    /// - Parameter passing: whether the instance is one of many that are looked at once.
    init?(_ instance: StateInstance, _ kind: Kind, passing: Bool = false) {
        guard instance.deposed == nil, instance.resource.mode == .managed else { return nil }
        let id = passing ? instance.passingObjectID : instance.objectID
        switch kind {
        case .objectID:
            guard let id else { return nil }
            text = Array(id.utf8)
        case .attributes:
            guard id == nil, let attributes = instance.attributes else { return nil }
            text = attributes.canonicalBytes
        }
        type = instance.resource.type
    }

    /// Those of the marks that exactly one instance of the state has.
    static func unique(_ marks: Set<ObjectMark>, _ kind: Kind, in state: TerraformState) -> Set<ObjectMark> {
        var counts: [ObjectMark: Int] = [:]
        let types = Set(marks.map(\.type))
        for resource in state.resources where types.contains(resource.type) {
            for instance in resource.instances {
                if let mark = ObjectMark(instance, kind, passing: true), marks.contains(mark) { counts[mark, default: 0] += 1 }
            }
        }
        return Set(counts.filter { $0.value == 1 }.keys)
    }
}
