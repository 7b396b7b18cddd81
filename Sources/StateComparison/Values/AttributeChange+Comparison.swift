import StateJSON
import TerraformState

extension AttributeChange {
    /// The attributes that differ between two instances, in the order of the newer one.
    static func changes(
        from before: StateInstance, to after: StateInstance, schema: some AttributeKnowledge, sensitivity: Sensitivity<some AttributeKnowledge>
    ) -> [AttributeChange] {
        let (type, mode) = (after.resource.type, after.resource.mode)
        var walk = ValueComparison(collections: .typed { schema.isSet(type: type, mode: mode, path: $0) })
        walk.compare(before.attributeValues, after.attributeValues, at: [])
        return walk.differences.map { difference in
            let isSensitive = sensitivity.isSensitive(difference, before, after)
            return AttributeChange(path: AttributePath(difference.path), before: difference.before, after: difference.after, isSensitive: isSensitive)
        }
    }
}

extension StateInstance {
    /// The attributes, in whichever of the two forms the state has them.
    var attributeValues: JSONValue? {
        attributes ?? attributesFlat
    }
}
