extension AttributePath {
    /// Reads what ``description`` prints: `ami`, `tags["Name"]`, `ingress[0].cidr_blocks[1]`; nil for anything else.
    public init?(parsing text: String) {
        var rest = Scanner(text), steps: [Step] = []
        repeat {
            guard let name = rest.identifier() else { return nil }
            steps.append(.attribute(name))
            var failed = false
            while let key = rest.key(failed: &failed) {
                switch key {
                case .int(let index): steps.append(.index(index))
                case .string(let name): steps.append(.key(name))
                }
            }
            if failed { return nil }
        } while rest.take(".")
        guard rest.isAtEnd else { return nil }
        self.steps = steps
    }
}
