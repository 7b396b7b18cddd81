import ArgumentParser
import Findings
import Replication
import Reports
import Sites
import Timestamps
import Vault

/// `tfguard verify [PRIMARY DR]`: the proof of replication.
struct VerifyCommand: ReportingCommand {
    static let reportName = "verify"
    static var reportType: any Report.Type { Reports.VerifyReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "verify", "Prove that replication of the state bucket really happens.",
            discussion: """
                Lists both sites and accounts for every version of every state: replicated, missing (and why), different,
                extra. Says which version a failover would find at this moment, which serials it would lose, and which
                resources those touched. Checks the settings of both buckets, and as far as they may be read the digests in
                Terraform's lock tables, the replication role and the KMS keys. Works when one side does not answer: then
                with what the vault knows of it. Each run is remembered in the vault, so that later runs can tell the
                lag. Without arguments: every pair under replication: in tfguard.yaml.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .findings, .partial, .usage, .interrupted],
            examples: [
                ("tfguard verify primary dr", "is everything there?"),
                ("tfguard verify primary dr --batch-manifest missing.csv", "a manifest for S3 Batch Replication of what is missing"),
                ("tfguard verify primary dr --copy-missing --yes", "copies current versions that the DR side lacks, under new ids"),
            ])
    }

    @Argument(help: "The site that is replicated from.")
    var primary: String?

    @Argument(help: "The site that is replicated to.")
    var dr: String?

    @Flag(help: .variable("TFGUARD_DEEP", "Compare the bytes of every version on both sides."))
    var deep = false

    @Option(name: .customLong("state"), help: .variable("TFGUARD_STATE", "Only states whose key matches; may be given several times. The variable takes several with commas.", value: "glob"))
    var states: [String] = []

    @Option(name: .customLong("batch-manifest"), help: .variable("TFGUARD_BATCH_MANIFEST", "Write a manifest of missing and failed versions for S3 Batch Replication.", value: "file"))
    var batchManifest: String?

    @Flag(name: .customLong("copy-missing"), help: .variable("TFGUARD_COPY_MISSING", "Copy current versions that the DR side lacks, under new ids; without --yes only says which."))
    var copyMissing = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var parallel: ParallelOptions
    @OptionGroup var failOn: FailOnOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let configuration = try session.requiredConfiguration(configurationOptions)
        let links = try VerifyLinks.links(primary: primary, dr: dr, configuration)
        var options = VerifyOptions(comparesBytes: try environment.flag("TFGUARD_DEEP", given: deep), parallel: try parallel.limit(environment, default: 32))
        options.states = try patterns(environment)
        let level = try failOn.level(environment) ?? .low
        let copies = try environment.flag("TFGUARD_COPY_MISSING", given: copyMissing)
        let assumesYes = try confirmation.assumesYes(environment)
        let access = try SiteAccess(session, configurationOptions, parallel: options.parallel)
        var report = Reports.VerifyReport(pairs: [], failOn: level)
        let vault = await vault(session, configuration, &report)
        var manifests: [BatchManifest] = []
        let tell: VerifyProgress.Listener = { session.progress.update(ProgressReading($0)) }
        for link in links {
            options.recoveryPoint = link.recoveryPoint
            let from = await VerifyLinks.side(try configuration.site(link.from), access)
            let to = await VerifyLinks.side(try configuration.site(link.to), access)
            let result = try await ReplicationCheck(from: from, to: to, vault: vault, options: options, now: { .now() }).run(progress: tell)
            report.pairs.append(VerifiedPair(result))
            report.problems += result.problems.map { Problem(reference: $0.reference, message: $0.message, hint: $0.hint ?? "") }
            manifests.append(BatchManifest(bucket: from.settings.bucket, states: result.states))
            if copies { try await copy(result, from, to, isDryRun: !assumesYes, &report) }
        }
        if let path = batchManifest ?? environment["TFGUARD_BATCH_MANIFEST"] {
            let text = manifests.map(\.text).joined()
            try OwnerOnlyFile(path: path).write(Array(text.utf8))
            report.manifest = .init(
                path: path, versions: manifests.reduce(0) { $0 + $1.versions }, deleteMarkers: manifests.reduce(0) { $0 + $1.deleteMarkers },
                deleteMarkersLeftOut: manifests.reduce(0) { $0 + $1.deleteMarkersLeftOut }, deletedThereLeftOut: manifests.reduce(0) { $0 + $1.deletedThereLeftOut })
        }
        return .report(report)
    }

    private func patterns(_ environment: EnvironmentVariables) throws(UsageProblem) -> [Glob] {
        let texts = states.isEmpty ? (environment["TFGUARD_STATE"] ?? "").split(separator: ",").map(String.init) : states
        var globs: [Glob] = []
        for text in texts {
            guard let glob = Glob(text) else {
                throw UsageProblem("--state", "\"\(text)\" is no pattern", hint: "* stands for anything but a slash, ** for anything, ? for one character.")
            }
            globs.append(glob)
        }
        return globs
    }

    /// The vault if one is named and there. One that can't be opened is a problem, not the end: the buckets can still be compared.
    private func vault(_ session: Session, _ configuration: Configuration, _ report: inout Reports.VerifyReport) async -> BackupVault? {
        guard configuration.vault != nil || configurationOptions.vault != nil || session.environment["TFGUARD_VAULT"] != nil else { return nil }
        do {
            return try await VaultAccess(session, configurationOptions).openIfPresent()
        } catch {
            report.problems += Complaint(error).problems
            return nil
        }
    }

    private func copy(_ result: VerifyResult, _ from: VerifySide, _ to: VerifySide, isDryRun: Bool, _ report: inout Reports.VerifyReport) async throws {
        guard let source = from.site, let replica = to.site, result.sourceOrigin == .bucket, result.replicaOrigin == .bucket else { return }
        for step in try await MissingCopy(from: source, to: replica).run(result.states, isDryRun: isDryRun) {
            report.copies.append(.init(step, site: to.settings.name))
            if case .failed(let problem) = step.outcome { report.problems.append(Problem(reference: problem.reference, message: problem.message, hint: problem.hint ?? "")) }
        }
    }
}
