public import StateJSON

/// Where a value stands inside an instance's attributes. Prints as `ingress[0].cidr_blocks[1]`, `tags["Name"]`.
public struct AttributePath: Hashable, Sendable {
    public enum Step: Hashable, Sendable {
        /// An attribute of an object, or a block.
        case attribute(String)
        /// An element of a list, set or tuple.
        case index(Int)
        /// An element of a map.
        case key(String)
    }

    public var steps: [Step]

    public init(_ steps: [Step] = []) { self.steps = steps }

    /// Reads one entry of `sensitive_attributes`; nil when Terraform would refuse it.
    public init?(json value: JSONValue) {
        guard value.isArray else { return nil }
        var steps: [Step] = []
        for element in value.elements {
            guard let type = element.field("type"), let content = element.field("value") else { return nil }
            if type.equals("get_attr"), let name = content.string {
                steps.append(.attribute(name))
            } else if type.equals("index"), let index = content.field("value") {
                switch IndexKey(index) {
                case .int(let number): steps.append(.index(number))
                case .string(let key):
                    if let type = content.field("type"), type.equals("number"), Double(key) == nil { return nil }
                    steps.append(.key(key))
                case nil: return nil
                }
            } else {
                return nil
            }
        }
        self.steps = steps
    }

    public func appending(_ step: Step) -> AttributePath { AttributePath(steps + [step]) }

    /// Whether this path is `other` or leads to it: a mark on `connection` covers `connection.password`.
    ///
    /// State JSON does not tell objects from maps, so an attribute step and a key step of the same name are equal here.
    public func covers(_ other: AttributePath) -> Bool {
        guard steps.count <= other.steps.count else { return false }
        return zip(steps, other.steps).allSatisfy { $0 == $1 || ($0.name != nil && $0.name == $1.name) }
    }

    /// The value at this path below `attributes`; nil when there is none.
    public func value(in attributes: JSONValue) -> JSONValue? {
        var value = attributes
        for step in steps {
            let next: JSONValue? = switch step {
            case .attribute(let name), .key(let name): value[name]
            case .index(let index): value.element(at: index)
            }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}

extension AttributePath.Step {
    var name: String? {
        switch self {
        case .attribute(let name), .key(let name): name
        case .index: nil
        }
    }
}

extension AttributePath: CustomStringConvertible {
    public var description: String {
        var out = ""
        for step in steps {
            switch step {
            case .attribute(let name): out += out.isEmpty ? name : ".\(name)"
            case .index(let index): out += "[\(index)]"
            case .key(let key): out += "[\(HCLQuoting.quote(key))]"
            }
        }
        return out
    }
}
