/// Splits a command line into program and arguments by the quoting rules of a POSIX shell, without a shell: pipes,
/// variables and `;` are ordinary characters.
enum CommandLineWords {
    static func split(_ text: String) throws(ProgramError) -> [String] {
        var words: [String] = []
        var word = ""
        var isInWord = false
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case _ where character.isWhitespace:
                if isInWord { words.append(word) }
                (word, isInWord) = ("", false)
            case "'":
                guard let end = rest.firstIndex(of: "'") else { throw .unreadableCommand("a ' is never closed") }
                word += rest[..<end]
                rest = rest[rest.index(after: end)...]
                isInWord = true
            case "\"":
                word += try quoted(&rest)
                isInWord = true
            case "\\":
                guard let next = rest.popFirst() else { throw .unreadableCommand("it ends in a backslash") }
                word.append(next)
                isInWord = true
            default:
                word.append(character)
                isInWord = true
            }
        }
        if isInWord { words.append(word) }
        guard words.first?.isEmpty == false else { throw .unreadableCommand("it names no program") }
        return words
    }

    /// The inside of double quotes, in which a backslash keeps its meaning before `"`, `\`, `$` and a back tick only.
    private static func quoted(_ rest: inout Substring) throws(ProgramError) -> String {
        var text = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return text
            case "\\":
                guard let next = rest.first, "\"\\$`".contains(next) else {
                    text.append(character)
                    continue
                }
                text.append(next)
                rest.removeFirst()
            default: text.append(character)
            }
        }
        throw .unreadableCommand("a \" is never closed")
    }
}
