import ArgumentParser
import Reports

/// `tfguard`: the parent of all commands.
struct TFGuard: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "tfguard",
            abstract: "Backs up Terraform states from S3, shows what happened to them, and brings them back.",
            discussion: CommandHelp.placesEpilogueInDiscussion ? epilogue.text : "",
            version: "tfguard \(Self.version)",
            subcommands: [
                InitCommand.self, SnapshotCommand.self, SnapshotsCommand.self, VersionsCommand.self, ShowCommand.self, DiffCommand.self,
                LogCommand.self, DriftCommand.self, VerifyCommand.self, DoctorCommand.self,
                RestoreCommand.self, AdoptCommand.self, UnlockCommand.self, FailoverCommand.self, FailbackCommand.self, DrillCommand.self, VaultCommand.self, CompletionsCommand.self,
            ])
    }

    /// The version of the program.
    static let version = "0.1.0"
}

extension TFGuard: HelpfulCommand {
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: ExitStatus.allCases.map { ($0, $0.meaning) },
            notes: """
                An exit status that is not in this list means failure. Every flag has an environment variable, which its
                help names; the flag wins.
                """,
            examples: [])
    }
}
