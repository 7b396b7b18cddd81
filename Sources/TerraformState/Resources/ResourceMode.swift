/// Who owns what a resource describes.
public enum ResourceMode: String, Hashable, Sendable, CaseIterable {
    /// Terraform made it and may change and destroy it.
    case managed
    /// Only read.
    case data
}
