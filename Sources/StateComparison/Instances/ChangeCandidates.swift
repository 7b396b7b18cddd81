import StateJSON
import TerraformState

/// The instances of two states that may differ: those of resources that are not equal to the byte. Of two versions of a
/// large state that is a handful, and nothing else of it is looked into.
struct ChangeCandidates {
    let before: TerraformState
    let after: TerraformState
    private(set) var old: [StateInstance] = []
    private(set) var new: [StateInstance] = []
    /// Where untouched resources stand between them: of the candidates before `new`, those before `old` come first.
    private(set) var fences: [(new: Int, old: Int)] = []

    init(before: TerraformState, after: TerraformState) {
        (self.before, self.after) = (before, after)
        var partners = ResourcePartners(before.resources)
        /// Number of new candidates when an old resource was found untouched; -1 for the others.
        var untouched = Array(repeating: -1, count: before.resources.count)
        for resource in after.resources {
            if let partner = partners.partner(of: resource), untouched[partner] < 0, before.resources[partner].value.hasEqualBytes(as: resource.value) {
                untouched[partner] = new.count
            } else {
                new += resource.instances
            }
        }
        for (resource, newCount) in zip(before.resources, untouched) {
            if newCount < 0 {
                old += resource.instances
            } else if fences.last.map({ $0 != (newCount, old.count) }) ?? true {
                fences.append((newCount, old.count))
            }
        }
    }
}

/// Finds the resource of the same address, looking first behind the one found last.
private struct ResourcePartners {
    private let resources: [StateResource]
    private var expected = 0
    /// By address; made when the order of the two states differs for the first time.
    private var byAddress: SeenValues?

    init(_ resources: [StateResource]) { self.resources = resources }

    mutating func partner(of resource: StateResource) -> Int? {
        if expected < resources.count, resources[expected].hasSameAddress(as: resource) {
            expected += 1
            return expected - 1
        }
        let table = byAddress ?? makeTable()
        byAddress = table
        guard let found = table.position(hash: resource.addressHash, where: { resources[Int($0)].hasSameAddress(as: resource) }) else { return nil }
        expected = Int(found) + 1
        return Int(found)
    }

    private func makeTable() -> SeenValues {
        var table = SeenValues(expecting: resources.count)
        for (index, resource) in resources.enumerated() {
            _ = table.note(UInt32(index), hash: resource.addressHash) { resources[Int($0)].hasSameAddress(as: resource) }
        }
        return table
    }
}
