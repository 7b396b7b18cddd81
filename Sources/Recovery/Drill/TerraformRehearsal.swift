public import AWSIdentity
internal import Foundation
internal import StateJSON

/// Lets a real Terraform look at a restored state, without a network and within bounded time.
///
/// What Terraform prints is never shown nor kept: it may hold secrets. Only whether it succeeded is.
public struct TerraformRehearsal: Sendable {
    /// A root module and the state that belongs to it.
    public struct Code: Sendable, Hashable {
        public var folder: String
        /// Nil when any state is meant.
        public var site: String?
        /// The backend's `key`, or a workspace's.
        public var key: String?
        public var workspace: String?

        public init(folder: String, site: String? = nil, key: String? = nil, workspace: String? = nil) {
            (self.folder, self.site, self.key, self.workspace) = (folder, site, key, workspace)
        }
    }

    let program: String
    let runner: any ProgramRunner
    let environment: [String: String]
    let code: [Code]
    let variableFiles: [String]
    let isOnline: Bool
    let timeout: Duration

    /// - Parameters:
    ///   - program: the path of Terraform or OpenTofu.
    ///   - environment: the process's own.
    ///   - code: where plans are tried.
    ///   - isOnline: whether providers may use the network while they plan.
    ///   - timeout: of each command.
    public init(
        program: String, runner: any ProgramRunner, environment: [String: String], code: [Code], variableFiles: [String] = [], isOnline: Bool = false, timeout: Duration = .seconds(120)
    ) {
        (self.program, self.runner, self.environment) = (program, runner, environment)
        (self.code, self.variableFiles) = (code, variableFiles)
        (self.isOnline, self.timeout) = (isOnline, timeout)
    }

    /// `Terraform v1.11.4`; nil when it cannot be run.
    func version() async -> String? {
        guard let output = try? await run(["version"], in: nil) else { return nil }
        return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// - Throws: `CancellationError`; everything else is in the checks.
    func check(_ bytes: StateBytes, key: String, site: String, instances: Int?) async throws -> TerraformChecks {
        var checks = TerraformChecks()
        let code = code.first { ($0.key == nil || $0.key == key) && ($0.site == nil || $0.site == site) }
        let workshop: TerraformWorkshop
        do {
            workshop = try TerraformWorkshop(bytes, code: code)
        } catch {
            let reason = "no folder to work in: \(error)"
            (checks.list, checks.show, checks.plan) = (.skipped(reason), .skipped(reason), .skipped(reason))
            return checks
        }
        defer { workshop.remove() }
        checks.list = try await list(workshop, instances)
        guard case .passed = checks.list else {
            (checks.show, checks.plan) = (.skipped("Terraform cannot read the state"), .skipped("Terraform cannot read the state"))
            return checks
        }
        guard let code else {
            checks.plan = .skipped("no --code belongs to this state")
            checks.show = try await show(workshop, knowsSchemas: false)
            return checks
        }
        if let obstacle = try await initialise(workshop) {
            (checks.show, checks.plan) = (.skipped(obstacle), .skipped(obstacle))
            return checks
        }
        checks.show = try await show(workshop, knowsSchemas: true)
        checks.plan = try await plan(workshop, code)
        return checks
    }

    private func list(_ workshop: TerraformWorkshop, _ instances: Int?) async throws -> TerraformChecks.Outcome {
        do {
            let lines = try await run(["state", "list", "-state=\(workshop.state)"], in: workshop.empty).split(separator: UInt8(ascii: "\n")).count
            guard let instances else { return .passed("\(lines) instances") }
            // Deposed objects are not listed by themselves.
            return lines > instances || lines == 0 && instances > 0 ? .failed("\(lines) instances of \(instances)") : .passed("\(lines) instances")
        } catch let error as ProgramError {
            return instances == nil ? .skipped("the state is encrypted") : .failed(Self.words(error))
        }
    }

    private func show(_ workshop: TerraformWorkshop, knowsSchemas: Bool) async throws -> TerraformChecks.Outcome {
        do {
            let output = try await run(["show", "-json", workshop.state], in: knowsSchemas ? workshop.root : workshop.empty)
            let document = try? JSONDocument(parsing: StateBytes(output))
            guard document?.root["format_version"]?.string != nil else { return .failed("what it printed is no document") }
            return .passed("\(output.count) bytes of JSON")
        } catch let error as ProgramError {
            guard knowsSchemas else { return .skipped("the providers' schemas are needed: name the code with --code") }
            return .failed(Self.words(error))
        }
    }

    /// Nil when the root is ready; else why nothing can be said.
    private func initialise(_ workshop: TerraformWorkshop) async throws -> String? {
        do {
            _ = try await run(["init", "-input=false", "-no-color", "-get=false", "-lockfile=readonly", "-plugin-dir=\(workshop.plugins)"], in: workshop.root)
            return nil
        } catch let error as ProgramError {
            if case .failed = error { return "terraform init needs providers or modules that \(workshop.codeFolder) does not have: run terraform init there first" }
            return Self.words(error)
        }
    }

    private func plan(_ workshop: TerraformWorkshop, _ code: Code) async throws -> TerraformChecks.Outcome {
        let files = variableFiles.map { "-var-file=\($0)" }
        do {
            _ = try await run(["plan", "-refresh=false", "-input=false", "-no-color", "-lock=false", "-detailed-exitcode"] + files, in: workshop.root, workspace: code.workspace)
            return .passed("no changes")
        } catch let error as ProgramError {
            if case .failed(_, status: 2) = error { return .failed("the code and the state differ: the plan has changes") }
            if case .failed = error, !isOnline { return .skipped("the providers cannot plan without a network: --online lets them") }
            return .failed(Self.words(error))
        }
    }

    private func run(_ words: [String], in folder: String?, workspace: String? = nil) async throws -> [UInt8] {
        var variables = environment
        for name in variables.keys where name.hasPrefix("TF_LOG") || name.hasPrefix("TF_CLI_ARGS") { variables[name] = nil }
        (variables["TF_DATA_DIR"], variables["TF_WORKSPACE"]) = (nil, workspace)
        (variables["TF_IN_AUTOMATION"], variables["CHECKPOINT_DISABLE"], variables["TF_INPUT"]) = ("1", "1", "0")
        if !isOnline {
            // Nobody listens on the discard port: whatever wants out fails at once.
            for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] { variables[name] = "http://127.0.0.1:9" }
            (variables["NO_PROXY"], variables["no_proxy"], variables["AWS_EC2_METADATA_DISABLED"]) = (nil, nil, "true")
        }
        let command = [program] + (folder.map { ["-chdir=\($0)"] } ?? []) + words
        return try await runner.run(command.map(ShellWord.quoted).joined(separator: " "), environment: variables, outputLimit: 1 << 30, timeout: timeout).bytes
    }

    private static func words(_ error: ProgramError) -> String {
        switch error {
        case .failed(_, let status): "Terraform ended with status \(status)"
        case .killed(_, let signal): "Terraform was ended by signal \(signal)"
        case .timedOut(_, let time): "Terraform took longer than \(time.components.seconds) s"
        case .tooMuchOutput: "Terraform printed too much"
        case .notFound, .notStarted, .unreadableCommand: "Terraform could not be started"
        }
    }
}
