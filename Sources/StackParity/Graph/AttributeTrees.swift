/// The attributes that one worker has met, a tree for each resource type. Made anew by each worker: looking an attribute up
/// may add it.
final class AttributeTrees {
    private var roots: [AttributeNode?] = []

    /// What stands above the attributes of a type.
    func root(of type: ResourceType) -> AttributeNode {
        let index = Int(type.index)
        if index < roots.count, let known = roots[index] { return known }
        while roots.count <= index { roots.append(nil) }
        let made = AttributeNode(name: "", path: "", type: type, parent: nil)
        roots[index] = made
        return made
    }
}
