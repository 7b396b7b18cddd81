import StateJSON
import TerraformState

/// What is measured. All but the first two work on a parsed document.
enum Operation: String, CaseIterable {
    /// Bytes to validated tape.
    case parse
    /// The same, with the attributes of instances deferred.
    case deferred
    /// Document to resources and instances, addresses not printed.
    case model
    /// Cutting at instance boundaries.
    case pieces
    /// Every member and element visited, every key compared with one name.
    case walk
    /// A hash of the raw bytes of each instance.
    case hash
    /// The canonical text of each instance's attributes.
    case canonical
    /// All addresses as text.
    case addresses
    /// Health of the file.
    case problems
    /// The part of it that Terraform would not read.
    case refusals
    /// Nothing: what the process costs by itself, for instruction counts.
    case nothing

    func run(_ bytes: StateBytes, _ document: JSONDocument?) -> Int {
        if self == .parse { return (try? JSONDocument(parsing: bytes).wordCount) ?? -1 }
        if self == .deferred { return (try? JSONDocument(parsing: bytes, deferring: .instanceAttributes).wordCount) ?? -1 }
        guard let document else { return -1 }
        if self == .walk { return Operation.walk(document.root) }
        guard let state = try? TerraformState(document: document) else { return -1 }
        switch self {
        case .model: return state.instances.count
        case .pieces: return state.pieceBoundaries.count
        case .hash: return Int(truncatingIfNeeded: state.instances.reduce(0) { $0 ^ $1.value.rawHash() } & 0xFFFF)
        case .canonical:
            var out: [UInt8] = [], total = 0
            for instance in state.instances {
                out.removeAll(keepingCapacity: true)
                instance.attributes?.appendCanonical(to: &out)
                total += out.count
            }
            return total
        case .addresses: return state.instances.reduce(0) { $0 + $1.address.utf8.count }
        case .problems: return state.problems.count
        case .refusals: return state.refusals.count
        case .parse, .deferred, .walk, .nothing: return 0
        }
    }

    private static func walk(_ value: JSONValue) -> Int {
        var found = 0
        if value.isObject {
            for member in value.members {
                if member.key == "vpc_id" { found += 1 }
                if !member.value.isScalar { found += walk(member.value) }
            }
        } else {
            for element in value.elements where !element.isScalar { found += walk(element) }
        }
        return found
    }
}
