import ArgumentParser

/// The help of one command, asked for by `--help`, `-h` or `help COMMAND`.
struct HelpPage {
    private let command: any ParsableCommand.Type

    /// Nil when the arguments don't ask for help.
    init?(_ arguments: [String]) {
        let options = arguments.prefix { $0 != "--" }
        guard arguments.isEmpty || options.first == "help" || options.contains("--help") || options.contains("-h") else { return nil }
        command = Self.command(in: arguments).type
    }

    func text(columns: Int?) -> String {
        let help = CommandHelp.$placesEpilogueInDiscussion.withValue(false) {
            TFGuard.helpMessage(for: command, columns: columns ?? 100)
        }
        guard let helpful = command as? any HelpfulCommand.Type else { return help + "\n" }
        return help.trimmingSuffix("\n") + "\n\n" + helpful.epilogue.text + "\n"
    }

    /// The command that the arguments name, with its words.
    static func command(in arguments: [String]) -> (type: any ParsableCommand.Type, name: String) {
        var type: any ParsableCommand.Type = TFGuard.self
        var words: [String] = []
        for argument in arguments where !argument.hasPrefix("-") && !(words.isEmpty && argument == "help") {
            guard let next = type.configuration.subcommands.first(where: { $0.configuration.commandName == argument }) else { break }
            type = next
            words.append(argument)
        }
        return (type, words.joined(separator: " "))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> Substring {
        self[..<(lastIndex { $0 != character }.map { index(after: $0) } ?? startIndex)]
    }
}
