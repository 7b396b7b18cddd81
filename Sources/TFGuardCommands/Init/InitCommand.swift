import ArgumentParser
import Glibc
import Reports
import Sites

/// `tfguard init`: writes a first `tfguard.yaml` for the Terraform folder it stands in.
struct InitCommand: ReportingCommand {
    static let reportName = "init"
    static var reportType: any Report.Type { InitReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "init", "Write tfguard.yaml for a Terraform folder.",
            discussion: """
                Finds the S3 backend in .terraform/terraform.tfstate, which holds what terraform init really used, else in
                the folder's backend "s3" block. Never copies credentials.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .usage],
            examples: [
                ("tfguard init", "in a Terraform folder: writes ./tfguard.yaml"),
                ("tfguard init --dry-run --vault /srv/tfguard", "shows what would be written"),
            ])
    }

    @Argument(help: "The Terraform folder.")
    var folder = "."

    @Option(help: .variable("TFGUARD_VAULT", "Where the backups shall go.", value: "location"))
    var vault: String?

    @Option(help: .variable("TFGUARD_SITE", "Name of the site (default: primary).", value: "name"))
    var site: String?

    @Option(name: .shortAndLong, help: .variable("TFGUARD_CONFIG", "The file to write (default: tfguard.yaml).", value: "file"))
    var config: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let place = try WorkingDirectory.absolute(folder)
        let backend = try BackendDiscovery.find(
            in: place, environment: environment.values, siteName: site ?? environment["TFGUARD_SITE"] ?? "primary")
        let location = vault ?? environment["TFGUARD_VAULT"] ?? "./tfguard-vault"
        let path = config ?? environment["TFGUARD_CONFIG"] ?? "tfguard.yaml"
        let text = StarterConfiguration.text(for: backend, vault: location)
        // What is written must be readable: a name or location that the configuration refuses is refused here.
        _ = try Configuration(parsing: text, file: try WorkingDirectory.absolute(path))
        let isDryRun = try dryRun.isDryRun(environment)
        if !isDryRun {
            if access(path, F_OK) == 0 {
                try session.confirm("\(path) exists. Replace it?", assumeYes: confirmation.assumesYes(environment))
            }
            try OwnerOnlyFile(path: path).write(Array(text.utf8))
        }
        let site = InitReport.Site(
            name: backend.site.name, bucket: backend.site.bucket, region: backend.site.access.region, prefix: backend.site.prefix)
        return .report(
            InitReport(
                path: path, wasWritten: !isDryRun, source: "\(backend.source)", sites: [site], vaultLocation: location,
                configuration: text, notices: backend.notes.map { Notice(.caution, .words($0)) }))
    }
}
