internal import Cryptography
internal import StateJSON
internal import Timestamps

/// A version as it stands in histories and journals.
enum VersionText {
    static func write(_ version: VaultVersion, to text: inout JSONText, table: inout PackTable) {
        text.object { text in
            text.member("id", version.listed.versionID)
            text.member("time", version.listed.lastModified.rfc3339)
            text.member("size", version.listed.size)
            text.member("etag", version.listed.etag)
            text.member("class", version.listed.storageClass)
            text.flag("latest", version.listed.isLatest)
            text.flag("marker", version.listed.isDeleteMarker)
            text.flag("lost", !version.isListed)
            text.member("seen", version.firstSeen.rfc3339)
            if let content = version.content {
                text.key("content")
                text.array { text in
                    text.integer(table.index(of: content.pack))
                    text.integer(content.ordinal)
                }
            }
            text.member("sha256", version.sha256?.hex)
            if let summary = version.summary {
                text.member("form", summary.form)
                text.member("verdict", summary.verdict)
                text.member("serial", summary.serial)
                text.member("lineage", summary.lineage)
                text.member("terraform", summary.terraformVersion)
                text.member("resources", summary.resourceCount)
                text.member("instances", summary.instanceCount)
            }
            if let problem = version.problem {
                text.key("problem")
                text.object { text in
                    text.member("code", problem.code)
                    text.member("message", problem.message)
                }
            }
        }
    }

    static func read(_ value: JSONValue, of state: StateID, in document: VaultDocument) throws -> VaultVersion {
        let size = try document.required(value["size"]?.int, "a version's size")
        let listed = ListedVersion(
            versionID: try document.required(value["id"]?.string, "a version's id"), isLatest: value["latest"]?.bool ?? false,
            isDeleteMarker: value["marker"]?.bool ?? false, lastModified: try document.time(value["time"], "a version's time"),
            etag: value["etag"]?.string ?? "", size: Int64(size), storageClass: value["class"]?.string)
        var version = VaultVersion(state: state, listed: listed, isListed: !(value["lost"]?.bool ?? false), firstSeen: try document.time(value["seen"], "a version's first sight"))
        version.content = try value["content"].map { try document.reference($0, in: .meta) }
        version.sha256 = value["sha256"]?.string.flatMap { SHA256Digest(hex: $0) }
        guard version.content == nil || version.sha256 != nil else { throw document.damaged("a version's sha256") }
        if let form = value["form"]?.string {
            version.summary = StateSummary(
                form: form, verdict: value["verdict"]?.string ?? "", serial: value["serial"]?.uint64, lineage: value["lineage"]?.string,
                terraformVersion: value["terraform"]?.string, resourceCount: value["resources"]?.int, instanceCount: value["instances"]?.int)
        }
        if let problem = value["problem"] {
            version.problem = VersionProblem(code: problem["code"]?.string ?? "", message: problem["message"]?.string ?? "")
        }
        return version
    }
}
