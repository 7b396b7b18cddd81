import Recovery
import Sites

extension RecoveryAccess {
    /// The failovers that a site can take part in: by the configuration's replication, or with the only other site.
    func fenceWatch(for site: Site) async -> FenceWatch? {
        var pairs = configuration.replication.map { ($0.from, $0.to) }
        let names = configuration.sites.map(\.name)
        if pairs.isEmpty, names.count == 2 { pairs = [(names[0], names[1]), (names[1], names[0])] }
        var links: [FenceWatch.Link] = []
        var sites = [site]
        for (primary, dr) in pairs where primary == site.name || dr == site.name {
            // A site that cannot even be connected is missed when it is looked at itself.
            guard let other = try? await connect(primary == site.name ? dr : primary).site else { continue }
            sites.append(other)
            links.append(primary == site.name ? FenceWatch.Link(primary: site, dr: other) : FenceWatch.Link(primary: other, dr: site))
        }
        return links.isEmpty ? nil : FenceWatch(links: links, catalog: catalog(sites))
    }
}
