internal import StateJSON

/// One worker's own handles on the documents of a side: workers that share none do not wait for each other.
struct DocumentHandles {
    private var handles: [JSONDocument?] = []

    /// The attributes of an instance, by the worker's handle.
    mutating func attributes(of instance: Side.Instance) -> JSONValue? {
        guard let attributes = instance.attributes else { return nil }
        let member = Int(instance.member)
        if member < handles.count, let known = handles[member] { return known.value(at: attributes.position) }
        while handles.count <= member { handles.append(nil) }
        let made = attributes.document.handle()
        handles[member] = made
        return made.value(at: attributes.position)
    }
}
