internal import Sites

/// Where tfguard keeps what is its own in a bucket of states: below the folder of the site's prefix, so that whoever may
/// write the states may write this too. Discovery passes it over by its name.
enum OwnFolder {
    static func path(in site: SiteSettings) -> String {
        let prefix = site.prefix ?? ""
        let folder = prefix.utf8.lastIndex(of: UInt8(ascii: "/")).map { prefix[...$0] } ?? ""
        return "\(folder).tfguard/"
    }
}
