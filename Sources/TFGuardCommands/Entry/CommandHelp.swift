import ArgumentParser

/// Where the epilogue goes: behind the options on a terminal; into the discussion for the manual, which is made from
/// the parser's own description of the commands.
enum CommandHelp {
    @TaskLocal static var placesEpilogueInDiscussion = true

    /// The configuration of a command with an epilogue.
    ///
    /// The discussion is one paragraph, however its source is broken into lines: the parser wraps it to the terminal.
    static func configuration(
        _ name: String, _ abstract: String, discussion: String = "", epilogue: HelpEpilogue, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        let paragraph = discussion.split(separator: "\n").joined(separator: " ")
        let parts = placesEpilogueInDiscussion ? [paragraph, epilogue.text] : [paragraph]
        return CommandConfiguration(
            commandName: name, abstract: abstract, discussion: parts.filter { !$0.isEmpty }.joined(separator: "\n\n"),
            subcommands: subcommands)
    }
}
