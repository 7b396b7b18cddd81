extension StateForm {
    /// What can be done with bytes of a form.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// A state, readable.
        case ok
        /// A state with something that should be looked at.
        case suspect
        /// No state that Terraform or this program would take as a whole one.
        case invalid
        /// The state is whole inside; the wrapping can be taken off.
        case repairable
        /// Whole, as far as can be seen, but its content is encrypted.
        case encrypted
        /// A state in a format this program does not read.
        case unsupported
        /// Damaged: content is lost.
        case unreadable
    }

    /// Judged by the form alone; ``StateReading/verdict`` also counts a readable state's problems.
    public var verdict: Verdict {
        switch self {
        case .state: .ok
        case .legacy, .futureVersion, .binaryState: .unsupported
        case .encrypted: .encrypted
        case .unreadableFields, .backendCache, .lockInfo, .planJSON, .showJSON, .zipArchive, .otherJSON: .invalid
        case .gzip, .zlib, .zstd, .utf16, .utf32, .byteOrderMark: .repairable
        case .awsChunked(let isComplete): isComplete ? .repairable : .unreadable
        case .zeroBytes, .whitespace, .nulBytes, .html, .xmlError, .mergeConflict, .truncated, .twoDocuments, .trailingBytes, .invalidUTF8,
            .syntaxError, .damagedWrapping:
            .unreadable
        case .wrapped(let content, _): content.verdict
        }
    }
}

extension StateReading {
    /// The form's verdict, lowered by what ``TerraformState/problems`` finds. Looks at the whole state, also at one that is
    /// inside a wrapping: to take that off would not make a good state of it.
    public var verdict: StateForm.Verdict {
        guard let state = state ?? wrapped?.state else { return form.verdict }
        var worst = form.verdict
        for problem in state.problems {
            if problem.effect != .suspicious { return .invalid }
            if worst == .ok { worst = .suspect }
        }
        return worst
    }
}
