import ArgumentParser

/// Where the epilogue goes: behind the options on a terminal; into the discussion for the manual, which is made from
/// the parser's own description of the commands.
enum CommandHelp {
    @TaskLocal static var placesEpilogueInDiscussion = true

    /// The configuration of a command with an epilogue.
    static func configuration(
        _ name: String, _ abstract: String, discussion: String = "", epilogue: HelpEpilogue, subcommands: [any ParsableCommand.Type] = []
    ) -> CommandConfiguration {
        let parts = placesEpilogueInDiscussion ? [discussion, epilogue.text] : [discussion]
        return CommandConfiguration(
            commandName: name, abstract: abstract, discussion: parts.filter { !$0.isEmpty }.joined(separator: "\n\n"),
            subcommands: subcommands)
    }
}
