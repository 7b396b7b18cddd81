import StateJSON
import TerraformState

extension AttributeChange {
    /// The attributes that differ between two instances, in the order of the newer one.
    static func changes(
        from before: StateInstance, to after: StateInstance, sensitivity: Sensitivity<some AttributeKnowledge>
    ) -> [AttributeChange] {
        let (type, mode) = (after.resource.type, after.resource.mode)
        var walk = ValueComparison(collections: .typed { [schema = sensitivity.schema] in schema.isSet(type: type, mode: mode, path: $0) })
        walk.compare(before.attributeValues, after.attributeValues, at: [])
        guard !walk.differences.isEmpty else { return [] }
        let marked = MarkedPaths(before.sensitivePaths + after.sensitivePaths)
        return walk.differences.map { difference in
            AttributeChange(
                path: AttributePath(difference.path), before: difference.before, after: difference.after,
                isSensitive: sensitivity.isSensitive(difference, marked: marked, of: [before, after]))
        }
    }
}

extension AttributeChange {
    /// The value of one attribute of an instance that came or went; nil when it has none.
    init?(tracing path: AttributePath, from before: StateInstance?, to after: StateInstance?, sensitivity: Sensitivity<some AttributeKnowledge>) {
        guard let instance = after ?? before, let value = instance.attributeValues?.value(at: path.steps[...]), !value.isNull else { return nil }
        let difference = ValueDifference(path: path.steps, before: after == nil ? value : nil, after: after == nil ? nil : value)
        self.init(
            path: path, before: difference.before, after: difference.after,
            isSensitive: sensitivity.isSensitive(difference, marked: MarkedPaths(instance.sensitivePaths), of: [instance]))
    }
}

extension AttributeChange {
    /// This change as one of `path`, when `path` lies inside of what changed; nil when it did not change itself.
    func narrowed(to path: AttributePath) -> AttributeChange? {
        guard self.path.steps.count < path.steps.count, self.path.covers(path) else { return self }
        let rest = path.steps[self.path.steps.count...]
        func part(_ value: JSONValue?) -> JSONValue? { value?.value(at: rest).flatMap { $0.isNull ? nil : $0 } }
        let (before, after) = (part(before), part(after))
        if let before, let after, before.isEqual(to: after) { return nil }
        guard before != nil || after != nil else { return nil }
        return AttributeChange(path: path, before: before, after: after, isSensitive: isSensitive)
    }
}

extension JSONValue {
    /// The value at a path as ``ValueComparison`` makes them: it may lead into a JSON text.
    fileprivate func value(at path: ArraySlice<AttributePath.Step>) -> JSONValue? {
        var value = self
        for step in path {
            let container = value.isString ? value.embeddedJSON : value
            let next: JSONValue? = switch step {
            case .attribute(let name), .key(let name): container?[name]
            case .index(let index): container?.element(at: index)
            }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}

extension StateInstance {
    /// The attributes, in whichever of the two forms the state has them.
    var attributeValues: JSONValue? {
        attributes ?? attributesFlat
    }
}
