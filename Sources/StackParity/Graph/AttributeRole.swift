/// What an attribute is for, as far as comparing two stacks goes.
enum AttributeRole: UInt8, Sendable {
    case plain
    /// `id`: the object's own.
    case id
    /// `arn`, `self_link`: the object's own, in full.
    case arn
    /// The object's own name.
    case name
    /// `tags`, `labels`: free annotation.
    case tags
    /// `tags_all`, `effective_labels`: `tags` and the provider's defaults.
    case allTags
    /// Prose that no machine reads.
    case prose
    /// A copy of what other resources say; late by one refresh.
    case mirror
    /// Counts the changes of one side.
    case counter
    /// Deletion and creation switches that exist only in Terraform.
    case local
}
