/// Writes an address with its side's own region and zones as marks: `aws_vpc.main["us-east-1"]` and
/// `aws_vpc.main["us-west-2"]` then read the same.
enum RegionMark {
    static func marked(_ address: String, home: String) -> String? {
        guard !home.isEmpty, address.utf8.count >= home.utf8.count, address.contains(home) else { return nil }
        return address.replacing(home, with: "\u{1}")
    }

    /// The text with its side's region marked, if it names it.
    static func own(_ text: String, home: String) -> String { marked(text, home: home) ?? text }
}
