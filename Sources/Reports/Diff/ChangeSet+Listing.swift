import StateComparison

extension ChangeSet {
    /// The changes as `terraform plan` writes them, but told as what happened.
    func listing(isDetailed: Bool) -> [ListingLine] {
        changes.flatMap { $0.lines(isDetailed: isDetailed) } + outputs.flatMap { $0.lines(isDetailed: isDetailed) }
    }
}

extension ChangeSet.Change {
    fileprivate func lines(isDetailed: Bool) -> [ListingLine] {
        [ListingLine(sign, headline)] + attributes.map { $0.line(isDetailed: isDetailed) }
    }

    private var sign: ListingLine.Sign {
        switch action {
        case .add: .add
        case .remove, .undepose: .remove
        case .depose: .add
        case .move: .move
        case .replace: .replace
        case .taint, .untaint: .mark
        case .change: .change
        }
    }

    private var headline: Phrase {
        let address = Phrase.Part.verbatim(address)
        let deposed = deposedKey.map { " (deposed object \($0))" } ?? ""
        switch action {
        case .add, .remove, .change: return Phrase([address, .words(deposed)], tone: .strong)
        case .replace: return Phrase([address, .words(" was replaced")], tone: .strong)
        case .move: return Phrase([.verbatim(previousAddress ?? ""), .words(" has moved to "), address], tone: .strong)
        case .taint: return Phrase([address, .words(" is tainted: the next apply replaces it")], tone: .strong)
        case .untaint: return Phrase([address, .words(" is no longer tainted")], tone: .strong)
        case .depose: return Phrase([address, .words("\(deposed) waits for its destruction")], tone: .strong)
        case .undepose: return Phrase([address, .words("\(deposed) is gone")], tone: .strong)
        }
    }
}

extension ChangeSet.Output {
    fileprivate func lines(isDetailed: Bool) -> [ListingLine] {
        let sign: ListingLine.Sign = switch action {
        case .add: .add
        case .remove: .remove
        case .change: .change
        }
        return [ListingLine(sign, Phrase([.words("output "), .verbatim(name)], tone: .strong))] + attributes.map { $0.line(isDetailed: isDetailed) }
    }
}

extension ChangeSet.Attribute {
    /// `path = before → after`; one value alone where the other side has none.
    fileprivate func line(isDetailed: Bool) -> ListingLine {
        let old = before.phrase(isDetailed: isDetailed).parts
        let new = after.phrase(isDetailed: isDetailed).parts
        let start: [Phrase.Part] = [.verbatim(path), .words(" = ")]
        switch (before, after) {
        case (.absent, _): return ListingLine(.add, Phrase(start + new), depth: 1)
        case (_, .absent): return ListingLine(.remove, Phrase(start + old), depth: 1)
        default: return ListingLine(.change, Phrase(start + old + [.words(" → ")] + new), depth: 1)
        }
    }
}
