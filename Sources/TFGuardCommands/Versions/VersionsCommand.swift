import ArgumentParser
import Cryptography
import Reports
import Sites
import Snapshots

/// `tfguard versions REF`: the history of a state.
struct VersionsCommand: ReportingCommand {
    static let reportName = "versions"
    static var reportType: any Report.Type { VersionsReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "versions", "List the versions of a state.",
            discussion: "S3 and the vault together, newest first. With -v whole version ids and lineages are shown.", epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard versions primary:network", "any unique ending or part of the key will do"),
                ("tfguard versions vault:primary:network --json", "what the vault knows, also when S3 is gone"),
            ])
    }

    @Argument(help: "The state: SITE[:KEY].")
    var reference: String

    @Flag(name: .customLong("no-fetch"), help: .variable("TFGUARD_NO_FETCH", "Only what the list of S3 and the vault say: no request for each version."))
    var noFetch = false

    @OptionGroup var parallel: ParallelOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let limit = try parallel.limit(session.environment, default: 16)
        let lookup = StateLookup(session, configurationOptions, parallel: limit)
        let details: StateCatalog.Details = try session.environment.flag("TFGUARD_NO_FETCH", given: noFetch) ? [] : [.content, .replication]
        return .report(VersionsReport(try await lookup.versions(of: reference, details: details)))
    }
}

extension VersionsReport {
    /// A history as it is shown.
    init(_ list: VersionList) {
        let unread = list.notes.map { Problem(reference: list.reference, message: $0, hint: "vault:REFERENCE reads the vault on purpose.") }
        let problems = list.entries.compactMap { entry in
            entry.problem.map { Problem(reference: "\(list.reference)@id=\(entry.versionID)", message: $0) }
        }
        self.init(
            reference: list.reference, versions: list.entries.map(Version.init), problems: unread + problems)
    }
}

extension VersionsReport.Version {
    init(_ entry: VersionEntry) {
        self.init(versionID: entry.versionID)
        isLatest = entry.isLatest
        isDeleteMarker = entry.isDeleteMarker
        isListed = entry.isListed
        lastModified = entry.lastModified
        isInVault = entry.isInVault
        replicationStatus = entry.replicationStatus
        guard !entry.isDeleteMarker else { return }
        size = entry.size
        etag = entry.etag
        sha256 = entry.sha256?.hex
        serial = entry.serial
        lineage = entry.lineage
        terraformVersion = entry.terraformVersion
        resourceCount = entry.resourceCount
        instanceCount = entry.instanceCount
        verdict = entry.verdict
    }
}
