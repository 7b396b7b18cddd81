import ArgumentParser
import Reports

/// `tfguard vault`: the parent of what is done to the vault itself.
struct VaultCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "vault", abstract: "Look after the vault.", subcommands: [VaultCheckCommand.self, VaultStatsCommand.self])
    }
}
