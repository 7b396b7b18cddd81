import Recovery
import Replication
import Reports
import Sites
import Timestamps

/// The way that `failover` and `failback` share: connect both sides, show, confirm, write the backend files.
struct FailoverSession {
    let session: Session
    let options: ConfigurationOptions
    let primary: String
    let dr: String
    let assumesYes: Bool
    let isDryRun: Bool
    /// Where backend configuration files go.
    let folder: String

    /// Both sites connected; one that cannot be is carried along as an obstacle.
    func context(createsVault: Bool = false) async throws -> FailoverContext {
        let access = try await RecoveryAccess(session, options, createsVault: createsVault)
        _ = (try access.configuration.site(primary), try access.configuration.site(dr))
        guard primary != dr else { throw UsageProblem(primary, "cannot fail over to itself", hint: "Give two sites.") }
        let sides = (try await side(primary, access), try await side(dr, access))
        let environment = session.environment
        return FailoverContext(
            primary: sides.0, dr: sides.1, catalog: access.catalog([sides.0.side.site, sides.1.side.site].compactMap { $0 }), vault: access.vault, version: TFGuard.version,
            who: OwnProcess.userAtHost, process: .current(), now: { .now() }, newID: { OwnProcess.newID() }, reached: OwnProcess.checkpoint(environment),
            restoreReached: OwnProcess.checkpoint(environment))
    }

    private func side(_ name: String, _ access: RecoveryAccess) async throws -> FailoverContext.Side {
        let settings = try access.configuration.site(name)
        do {
            let connection = try await access.connect(name)
            return FailoverContext.Side(VerifySide(connection.site), dynamoDB: connection.dynamoDB)
        } catch {
            let problem = Complaint(error).problems.first
            return FailoverContext.Side(
                VerifySide(settings: settings, site: nil, obstacle: VerifyProblem(reference: name, message: problem?.message ?? "\(error)", hint: problem?.hint)), dynamoDB: nil)
        }
    }

    /// The states that arguments name: KEY, or SITE:KEY of either site.
    func keys(_ texts: [String]) throws -> [String] {
        try texts.map { text in
            for site in [primary, dr] where text.hasPrefix("\(site):") {
                let key = String(text.dropFirst(site.count + 1))
                guard !key.isEmpty, !key.contains("@") else {
                    throw UsageProblem(text, "names no state alone", hint: "Give KEY or SITE:KEY, without a version.")
                }
                return key
            }
            return text
        }
    }

    /// Shows the plan and asks.
    func confirm(_ report: FailoverReport, _ question: String) throws {
        if !assumesYes {
            let rendering = Rendering(format: .table, layout: session.output.layout, page: session.output.page, time: .now())
            StandardError.write(try rendering.text(of: report))
        }
        try session.confirm(question, assumeYes: assumesYes)
    }

    func rows(_ files: [BackendFile]) -> [BackendFileRow] {
        files.map { file in
            let path = "\(folder)/\(file.name)"
            return BackendFileRow(path: path, root: file.root, workspaces: file.workspaces, initCommand: "terraform init -reconfigure -backend-config=\(ShellWord.quoted(path))")
        }
    }

    /// Where the files go; absolute, since the command is typed in other folders.
    static func folder(_ text: String?) throws -> String {
        let path = try WorkingDirectory.absolute(text ?? "tfguard-backends")
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Writes the files, 0600, in a folder of 0700.
    func write(_ files: [BackendFile]) throws {
        guard !files.isEmpty else { return }
        try OwnerOnlyFolder(path: folder).create()
        for file in files { try OwnerOnlyFile(path: "\(folder)/\(file.name)").write(Array(file.text.utf8)) }
    }
}

extension FailoverStateRow.Action {
    init(_ title: String, _ requests: [PlannedRequest]) {
        self.init(
            title: title,
            requests: requests.map { FailoverStateRow.Request(operation: $0.operation, target: $0.target, condition: $0.condition, content: $0.content, writes: $0.writes) })
    }
}
