internal import Sites
internal import TerraformState

extension StateForm {
    /// The kind of other file that these bytes are beyond doubt, or nil when they are a state, or may once have been one.
    var otherFile: IgnoredReason? {
        switch self {
        case .backendCache: .backendCache
        case .planJSON, .zipArchive: .plan
        case .showJSON: .showJSON
        case .lockInfo: .lockInfo
        default: nil
        }
    }
}
