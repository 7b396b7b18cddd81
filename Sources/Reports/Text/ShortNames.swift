/// The shortest beginnings, of at least eight characters, that tell the names of one list apart.
///
/// A reference accepts any unique prefix of six or more characters, so what a table shows can be typed.
struct ShortNames {
    private let lengths: [String: Int]

    /// - Parameter isDetailed: Keep the names whole.
    init(of names: [String], isDetailed: Bool) {
        var lengths: [String: Int] = [:]
        let sorted = Set(names).sorted()
        for (index, name) in sorted.enumerated() {
            var shared = 0
            if index > 0 { shared = max(shared, Self.sharedPrefix(name, sorted[index - 1])) }
            if index + 1 < sorted.count { shared = max(shared, Self.sharedPrefix(name, sorted[index + 1])) }
            lengths[name] = isDetailed ? name.count : max(8, shared + 1)
        }
        self.lengths = lengths
    }

    subscript(_ name: String) -> String {
        String(name.prefix(lengths[name] ?? name.count))
    }

    private static func sharedPrefix(_ left: String, _ right: String) -> Int {
        zip(left, right).prefix { $0 == $1 }.count
    }
}
