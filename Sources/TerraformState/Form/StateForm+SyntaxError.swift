internal import StateJSON

extension StateForm {
    /// What broke the JSON text, as far as the place of the error tells.
    static func byError(_ error: JSONSyntaxError, in bytes: StateBytes) -> StateForm {
        bytes.withUnsafeBytes { all in
            let at = error.offset
            if at < all.count {
                if all[at] == 0 { return .nulBytes(offset: at, count: all[at...].prefix { $0 == 0 }.count) }
                if ["<<<<<<<", "=======", ">>>>>>>"].contains(where: { all[at...].starts(with: $0.utf8) }) {
                    return .mergeConflict(offset: at)
                }
            }
            switch error.reason {
            case .noValue: return .whitespace(count: all.count)
            case .endsEarly: return .truncated(offset: at)
            case .invalidUTF8: return .invalidUTF8(offset: at)
            case .trailingBytes:
                // `[` and `{` begin a document; digits and words are more likely rubbish.
                return all[at] == UInt8(ascii: "{") || all[at] == UInt8(ascii: "[") ? .twoDocuments(offset: at) : .trailingBytes(offset: at)
            default: return .syntaxError(error)
            }
        }
    }
}
