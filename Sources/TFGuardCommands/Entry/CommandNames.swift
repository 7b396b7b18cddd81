import ArgumentParser
import Sites

/// Names what is wrong with a misspelt command, which the parser would take for a stray argument or flag.
enum CommandNames {
    /// - Throws: ``UsageProblem`` that names the nearest command.
    static func check(_ arguments: [String]) throws(UsageProblem) {
        let (type, name) = HelpPage.command(in: arguments)
        let known = type.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !known.isEmpty else { return }
        let words = name.split(separator: " ").count
        guard let next = arguments.dropFirst(words).first, !next.hasPrefix("-") else {
            guard words > 0, !arguments.contains("--version") else { return }
            throw UsageProblem("tfguard \(name)", "names no command", hint: "Commands are \(known.joined(separator: ", ")).")
        }
        let nearest = NearestName.of(next, among: known).map { "Did you mean \($0)? " } ?? ""
        throw UsageProblem(next, "there is no such command", hint: "\(nearest)Commands are \(known.joined(separator: ", ")).")
    }
}
