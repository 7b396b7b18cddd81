import ArgumentParser
import Reports

/// `tfguard completions SHELL`.
struct CompletionsCommand: ParsableCommand, HelpfulCommand {
    static var configuration: CommandConfiguration {
        CommandHelp.configuration("completions", "Print a shell's completion script.", epilogue: epilogue)
    }

    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .usage],
            examples: [
                ("tfguard completions bash > /etc/bash_completion.d/tfguard", "for every bash on this machine"),
                ("tfguard completions fish > ~/.config/fish/completions/tfguard.fish", "for your own fish"),
            ])
    }

    /// The shells that have one.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "The shell.")
    var shell: Shell

    func run() throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        try StandardOutput.write(Array((TFGuard.completionScript(for: kind) + "\n").utf8))
    }
}
