import Recovery
import Reports
import StateJSON
import TerraformState

/// Gets out of broken bytes what is whole.
struct StateRescue {
    typealias Bytes = StateBytes

    let reference: String
    let bytes: StateBytes

    /// Writes the exact state that is inside a wrapping.
    func repair(to path: String) throws -> Notice {
        let repaired: StateBytes
        do {
            repaired = try StateRepair.repair(bytes)
        } catch {
            throw Complaint(.failure, reference, "cannot be repaired: \(error)", hint: "tfguard doctor --salvage FILE recovers whole instances; tfguard restore puts the last good version back.")
        }
        try OwnerOnlyFile(path: path).write(repaired[0..<repaired.count])
        return Notice(.good, .words("the exact state was written to \(path); tfguard adopt \(path) SITE:KEY puts it back"))
    }

    /// Writes the whole instances in front of the damage.
    func salvage(to path: String) throws -> Notice {
        if (try? StateRepair.repair(bytes)) == bytes {
            throw Complaint(.failure, reference, "is whole: there is nothing to salvage.", hint: "tfguard show REF --raw gives the exact bytes.")
        }
        guard let salvage = Salvage(of: bytes) else {
            throw Complaint(.failure, reference, "holds not one whole instance in front of the damage.", hint: "tfguard restore puts the last good version back.")
        }
        try OwnerOnlyFile(path: path).write(salvage.bytes[0..<salvage.bytes.count])
        return Notice(
            .caution, .words("\(Quantity.count(salvage.instanceCount, "instance", "instances")) in front of byte \(salvage.cutAt) were written to \(path): what came behind is lost, so this is no state to apply with"))
    }
}
