import AWSIdentity
import Foundation
import Recovery
import Reports
import Sites
import Snapshots
import Vault

/// Which states a drill is about, where they go, and with what they are checked.
struct DrillSelection {
    let session: Session
    let access: RecoveryAccess

    struct Chosen {
        var references: [SiteReference] = []
        var sites: [Site] = []
        var problems: [Problem] = []
    }

    /// Every state that the arguments mean, with the version that a restore would take.
    func states(_ texts: [String]) async throws -> Chosen {
        var chosen = Chosen()
        let names = access.configuration.sites.map(\.name)
        guard let first = names.first else { throw Complaint(.usage, "sites", "The configuration has no site.", hint: "Add one to tfguard.yaml.") }
        for text in texts.isEmpty ? [first] : texts {
            var reference = try access.siteReference(text)
            let site = try await access.connect(reference.site).site
            if !chosen.sites.contains(where: { $0.name == site.name }) { chosen.sites.append(site) }
            if reference.version == .latest { reference.version = .lastGood }
            guard reference.key == nil else {
                chosen.references.append(reference)
                continue
            }
            for key in try await keys(of: site, reference, &chosen) {
                chosen.references.append(SiteReference(site: site.name, key: key, version: reference.version, fromVault: reference.fromVault))
            }
        }
        guard !chosen.references.isEmpty else { throw Complaint(.failure, texts.first ?? first, "There is no state to rehearse with.", hint: "tfguard snapshot finds what there is.") }
        return chosen
    }

    private func keys(of site: Site, _ reference: SiteReference, _ chosen: inout Chosen) async throws -> [String] {
        if reference.fromVault {
            guard let vault = access.vault else { throw StateCatalogError.noVault(reference: "\(reference)") }
            return try await vault.states(of: site.name).map(\.key)
        }
        let found = try await access.catalog([site]).states(of: site)
        chosen.problems += found.notes.map { Problem(reference: site.name, message: $0, hint: "Check the site's access and try again.") }
        return found.keys
    }

    /// Where the states are restored to.
    func place(_ text: String?, at references: [SiteReference]) async throws -> ScratchPlace {
        guard let text else { return .folder(session.environment["TMPDIR"] ?? "/tmp") }
        if let settings = access.configuration.sites.first(where: { $0.name == text }) { return .site(try await access.connect(settings.name).site) }
        guard text.hasPrefix("s3://") else { return .folder(try WorkingDirectory.absolute(text)) }
        let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let bucket = parts.first, !bucket.isEmpty, let source = references.first?.site else { throw UsageProblem("--into", "\"\(text)\" names no bucket", hint: "Give s3://BUCKET/PREFIX.") }
        // The credentials of the first state's site; the bucket is another one.
        var settings = try access.configuration.site(source)
        settings.bucket = bucket
        settings.prefix = parts.count > 1 && !parts[1].isEmpty ? parts[1] + (parts[1].hasSuffix("/") ? "" : "/") : nil
        return .site(try await access.connect(settings))
    }

    /// Terraform, when it is there.
    func rehearsal(_ program: String?, code: [String], variableFiles: [String], isOnline: Bool, references: [SiteReference]) throws -> TerraformRehearsal? {
        if program == "none" { return nil }
        guard let path = Self.find(program ?? "terraform", session.environment["PATH"]) else {
            guard program == nil else { throw UsageProblem("--terraform", "there is no program \(program ?? "")", hint: "Give its path, or none.") }
            return nil
        }
        let folders = try code.map { try WorkingDirectory.absolute($0) }
        return TerraformRehearsal(
            program: path, runner: LocalPrograms(), environment: session.environment.values, code: try folders.flatMap { try roots(in: $0, isOnly: folders.count == 1, references) },
            variableFiles: try variableFiles.map { try WorkingDirectory.absolute($0) }, isOnline: isOnline)
    }

    /// Which of the states belong to the code in a folder: by the key of its backend.
    private func roots(in folder: String, isOnly: Bool, _ references: [SiteReference]) throws -> [TerraformRehearsal.Code] {
        let path = URL(filePath: folder).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { throw UsageProblem("--code", "\(folder) is no folder", hint: "Give the folder of a root module.") }
        if isOnly, references.count == 1 { return [TerraformRehearsal.Code(folder: path, workspace: try workspace(of: references[0]))] }
        guard let root = try? BackendDiscovery.find(in: path, environment: [:]).key else {
            throw UsageProblem("--code", "\(folder) does not say which state it belongs to", hint: "Name one state, or give the code's backend block its key.")
        }
        return try references.compactMap { reference in
            guard let key = reference.key else { return nil }
            let split = StateLayout(try access.configuration.site(reference.site)).split(key)
            return (split?.key ?? key) == root ? TerraformRehearsal.Code(folder: path, site: reference.site, key: key, workspace: split?.workspace) : nil
        }
    }

    private func workspace(of reference: SiteReference) throws -> String? {
        guard let key = reference.key else { return nil }
        return StateLayout(try access.configuration.site(reference.site)).split(key)?.workspace
    }

    private static func find(_ name: String, _ path: String?) -> String? {
        if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? URL(filePath: name).standardizedFileURL.path : nil }
        return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }.first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
    }
}
