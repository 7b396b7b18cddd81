import Reports
import Sites

/// The sites that can be talked to. One that can't (a missing certificate file, a damaged profile) does not keep the
/// others from being backed up.
struct ConnectedSites {
    private(set) var sites: [Site] = []
    private(set) var problems: [Problem] = []

    /// - Throws: the first complaint when no site is left.
    init(_ settings: [SiteSettings], through access: SiteAccess) async throws {
        guard !settings.isEmpty else {
            throw Complaint(.usage, "tfguard.yaml", "The configuration names no site.", hint: "Add one below sites:, or run tfguard init.")
        }
        var complaints: [Complaint] = []
        for site in settings {
            do {
                sites.append(try await access.connect(site))
            } catch {
                let complaint = Complaint(error)
                complaints.append(complaint)
                problems += complaint.problems
            }
        }
        if sites.isEmpty, let first = complaints.first { throw Complaint(first.status, problems: problems) }
    }
}
