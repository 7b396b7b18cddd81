import TerraformState

/// One resource instance that changed.
public struct InstanceChange: Sendable {
    /// What happened to it. Where several things happened, the first of this list that fits is named.
    public enum Action: String, Sendable, Codable, CaseIterable {
        /// Known now, unknown before: created or imported.
        case add
        /// Known before, unknown now: destroyed or forgotten (`state rm`).
        case remove
        /// A deposed object that was not there before: its destruction is still to come.
        case depose
        /// A deposed object that is there no more: destroyed at last, or current again.
        case undepose
        /// The same real object under another address (`state mv`, `moved`, count to for_each).
        case move
        /// Another real object under the same address.
        case replace
        /// Marked to be replaced by the next apply.
        case taint
        /// No longer marked.
        case untaint
        /// Attributes of the same object differ.
        case change
    }

    public var action: Action
    /// Where the instance is now, or was last, exactly as Terraform prints it.
    public var address: String
    /// Where it was before it moved.
    public var previousAddress: String?
    /// The key of a deposed object.
    public var deposedKey: String?
    /// The resource type, `aws_instance`.
    public var type: String
    /// The attributes that differ; of an instance that came or went only the one that was asked for. Where one attribute is
    /// traced, a change of something around it is told as a change of that one.
    public var attributes: [AttributeChange]
}

extension InstanceChange {
    /// The change of a pair; nil when the two mean the same.
    init?(_ pair: InstancePair, tracing traced: AttributePath?, sensitivity: Sensitivity<some AttributeKnowledge>) {
        switch (pair.before, pair.after) {
        case (nil, nil):
            return nil
        case (nil, let after?):
            self.init(action: after.deposed == nil ? .add : .depose, of: after)
            attributes = traced.flatMap { AttributeChange(tracing: $0, from: nil, to: after, sensitivity: sensitivity) }.map { [$0] } ?? []
        case (let before?, nil):
            self.init(action: before.deposed == nil ? .remove : .undepose, of: before)
            attributes = traced.flatMap { AttributeChange(tracing: $0, from: before, to: nil, sensitivity: sensitivity) }.map { [$0] } ?? []
        case (let before?, let after?):
            let attributes = AttributeChange.changes(from: before, to: after, sensitivity: sensitivity)
            guard let action = Self.action(before, after, differs: !attributes.isEmpty) else { return nil }
            self.init(action: action, of: after)
            self.attributes = traced.map { path in attributes.compactMap { $0.narrowed(to: path) } } ?? attributes
            if action == .move { previousAddress = before.address }
        }
    }

    private init(action: Action, of instance: StateInstance) {
        self.init(
            action: action, address: instance.address, previousAddress: nil, deposedKey: instance.deposed, type: instance.resource.type,
            attributes: [])
    }

    private static func action(_ before: StateInstance, _ after: StateInstance, differs: Bool) -> Action? {
        if before.address != after.address { return .move }
        if after.resource.mode == .managed, let old = before.objectID, let new = after.objectID, old != new { return .replace }
        if before.isTainted != after.isTainted { return after.isTainted ? .taint : .untaint }
        return differs ? .change : nil
    }
}
