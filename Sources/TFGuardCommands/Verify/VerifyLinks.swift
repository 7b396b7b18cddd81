import Replication
import Reports
import Sites

/// Which replications a run is about.
enum VerifyLinks {
    /// The pair that was named, with its objective from the configuration; without names, all that the configuration has.
    static func links(primary: String?, dr: String?, _ configuration: Configuration) throws -> [ReplicationLink] {
        if let primary {
            guard let dr else { throw UsageProblem("verify", "names only one site", hint: "Give two: tfguard verify PRIMARY DR.") }
            _ = (try configuration.site(primary), try configuration.site(dr))
            guard primary != dr else { throw UsageProblem("verify", "\(primary) can't be compared with itself", hint: "Give two sites.") }
            return [configuration.replication.first { $0.from == primary && $0.to == dr } ?? ReplicationLink(from: primary, to: dr)]
        }
        if !configuration.replication.isEmpty { return configuration.replication }
        guard configuration.sites.count == 2 else {
            throw UsageProblem(
                "verify", "does not know which sites replicate where", hint: "Give two sites, or add replication: [{ from: primary, to: dr, recovery_point: 15m }] to tfguard.yaml.")
        }
        return [ReplicationLink(from: configuration.sites[0].name, to: configuration.sites[1].name)]
    }

    /// A side, or why it can't be reached: the other one is looked at all the same.
    static func side(_ settings: SiteSettings, _ access: SiteAccess) async -> VerifySide {
        do {
            return VerifySide(try await access.connect(settings), services: await access.services(for: settings))
        } catch {
            let problem = Complaint(error).problems.first
            let hint = problem?.hint ?? ""
            return VerifySide(
                settings: settings, site: nil,
                obstacle: VerifyProblem(reference: settings.name, message: problem?.message ?? String(describing: error), hint: hint.isEmpty ? nil : hint))
        }
    }
}
