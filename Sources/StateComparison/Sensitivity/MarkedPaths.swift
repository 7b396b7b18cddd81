import StateJSON
import TerraformState

/// The paths that an instance marks as sensitive, as a tree: one look-up costs the length of a path, however many marks
/// there are.
struct MarkedPaths {
    /// State JSON does not tell attributes from map keys, so that both are names.
    private enum Step: Hashable {
        case name(String)
        case index(Int)

        init(_ step: AttributePath.Step) {
            switch step {
            case .attribute(let name), .key(let name): self = .name(name)
            case .index(let index): self = .index(index)
            }
        }
    }

    private struct Edge: Hashable {
        var node: Int
        var step: Step
    }

    private var nodes: [Edge: Int] = [:]
    private var ends: Set<Int> = []

    init(_ paths: [AttributePath]) {
        for path in paths {
            var node = 0
            for step in path.steps {
                let edge = Edge(node: node, step: Step(step))
                node = nodes[edge] ?? nodes.count + 1
                nodes[edge] = node
            }
            ends.insert(node)
        }
    }

    /// Whether a marked path leads to `path`, or `path` to a marked one.
    func concern(_ path: [AttributePath.Step]) -> Bool {
        guard !ends.isEmpty else { return false }
        var node = 0
        for step in path {
            if ends.contains(node) { return true }
            guard let next = nodes[Edge(node: node, step: Step(step))] else { return false }
            node = next
        }
        return true
    }

    /// The values that the paths lead to. Looks once at each part of `attributes` that a path leads through.
    func values(in attributes: JSONValue) -> [JSONValue] {
        var found: [JSONValue] = [], pending = [(attributes, 0)]
        while let (value, node) = pending.popLast() {
            if ends.contains(node) {
                found.append(value)
                continue
            }
            for member in value.members {
                if let next = nodes[Edge(node: node, step: .name(member.key.string))] { pending.append((member.value, next)) }
            }
            for (index, element) in value.elements.enumerated() {
                if let next = nodes[Edge(node: node, step: .index(index))] { pending.append((element, next)) }
            }
        }
        return found
    }
}
