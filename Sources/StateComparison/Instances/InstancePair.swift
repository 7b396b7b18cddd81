import StateJSON
import TerraformState

/// An instance before and after; one of the two is nil when it came or went.
struct InstancePair {
    var before: StateInstance?
    var after: StateInstance?
}

extension StateInstance {
    /// The real object's id as the provider reports it; nil when there is none.
    var objectID: String? {
        guard let id = attributes?["id"]?.string, !id.isEmpty else { return nil }
        return id
    }

    /// The same, leaving deferred attributes deferred.
    var passingObjectID: String? {
        guard let id = attributes?.text(of: "id"), !id.isEmpty else { return nil }
        return id
    }
}
