/// Keeps text of others from being taken for a command by a CI system that reads logs.
///
/// GitHub Actions runs `::set-env …::` at the start of a line (leading blanks ignored) and, in its older form, `##[…]`
/// anywhere; Azure Pipelines runs `##vso[…]`, TeamCity `##teamcity[…]`. A state key is somebody else's text, and our
/// output ends in such logs.
public enum CommandGuard {
    /// The line with the first character of every command marker written as a visible escape.
    /// - Parameter line: one line of output, without its newline.
    public static func neutralise(_ line: String) -> String {
        guard line.utf8.contains(0x3A) || line.utf8.contains(0x23) else { return line }
        var scalars = Array(line.unicodeScalars)
        let first = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
        var marked: [Int] = []
        if scalars[first...].starts(with: "::".unicodeScalars) { marked.append(first) }
        for index in scalars.indices where scalars[index] == "#" {
            let rest = scalars[index...]
            if markers.contains(where: { rest.starts(with: $0.unicodeScalars) }) { marked.append(index) }
        }
        guard !marked.isEmpty else { return line }
        var result = ""
        for index in scalars.indices {
            if marked.contains(index) {
                result += "\\u{\(String(scalars[index].value, radix: 16))}"
            } else {
                result.unicodeScalars.append(scalars[index])
            }
        }
        scalars.removeAll()
        return result
    }

    static let markers = ["##[", "##vso[", "##teamcity["]
}
