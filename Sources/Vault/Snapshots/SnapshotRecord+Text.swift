internal import Cryptography
internal import StateJSON
internal import Timestamps

extension SnapshotRecord {
    /// The name under which a record of this height and these bytes is stored.
    static func name(height: Int, id: SnapshotID, in folder: ObjectName.Folder) -> ObjectName {
        let digits = String(height)
        return ObjectName(trusted: folder, String(repeating: "0", count: max(0, 10 - digits.count)) + digits + "-" + id.hex)
    }

    /// Height and id from a name.
    static func parse(_ name: ObjectName) -> (height: Int, id: SnapshotID)? {
        let parts = name.name.split(separator: "-")
        guard parts.count == 2, parts[0].utf8.count >= 10, let height = Int(parts[0]), height > 0, let digest = SHA256Digest(hex: parts[1]), parts[1].utf8.count == 64 else { return nil }
        return (height, SnapshotID(digest))
    }

    /// The record's text; its own id is the hash of it and not inside.
    func document(vault: VaultHeader, registry: PackRegistry) -> [UInt8] {
        var table = PackTable(own: nil)
        var text = JSONText()
        text.object { text in
            text.member("format", VaultHeader.supportedFormat)
            text.member("vault", vault.id)
            text.member("vault_sha256", headerDigest.hex)
            text.member("time", time.rfc3339)
            text.member("tool", tool)
            text.member("height", height)
            text.member("ancestors", ancestorCount)
            text.key("parents")
            text.array { text in
                for parent in parents { text.string(parent.hex) }
            }
            text.key("sites")
            text.array { text in
                for site in sites { site.write(to: &text) }
            }
            text.key("problems")
            text.array { text in
                for problem in problems { problem.write(to: &text) }
            }
            text.member("stored_bytes", storedBytes)
            text.key("catalogue")
            text.array { text in
                for piece in catalogue {
                    text.array { text in
                        text.integer(table.index(of: piece.pack))
                        text.integer(piece.ordinal)
                    }
                }
            }
            table.write(to: &text, registry: registry)
        }
        return text.bytes
    }

    init(reading document: VaultDocument, id: SnapshotID, vault: VaultHeader) throws {
        let root = document.value
        let format = try document.count(root["format"], "format")
        guard format <= VaultHeader.supportedFormat else { throw VaultError.newerFormat(version: format, supported: VaultHeader.supportedFormat) }
        guard root["vault"]?.string == vault.id else { throw VaultError.damaged(Damage(document.subject, "it belongs to another vault")) }
        self.id = id
        headerDigest = try document.required(root["vault_sha256"]?.string.flatMap { SHA256Digest(hex: $0) }, "vault_sha256")
        time = try document.time(root["time"], "time")
        tool = root["tool"]?.string ?? ""
        height = try document.count(root["height"], "height")
        ancestorCount = try document.count(root["ancestors"], "ancestors")
        parents = try document.required(root["parents"], "parents").elements.map { value in
            SnapshotID(try document.required(value.string.flatMap { SHA256Digest(hex: $0) }, "a parent"))
        }
        sites = try document.required(root["sites"], "sites").elements.map { try SiteSummary(reading: $0, in: document) }
        problems = try document.required(root["problems"], "problems").elements.map { value in
            RunProblem(reference: value["reference"]?.string ?? "", code: value["code"]?.string ?? "", message: value["message"]?.string ?? "")
        }
        storedBytes = Int64(try document.count(root["stored_bytes"], "stored_bytes"))
        catalogue = try document.required(root["catalogue"], "catalogue").elements.map { try document.reference($0, in: .meta) }
    }
}

extension SiteSummary {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("name", name)
            text.member("states", states)
            text.member("versions", versions)
            text.member("delete_markers", deleteMarkers)
            text.member("versions_fetched", versionsFetched)
            text.member("bytes_fetched", bytesFetched)
        }
    }

    fileprivate init(reading value: JSONValue, in document: VaultDocument) throws {
        self.init(
            name: try document.required(value["name"]?.string, "a site's name"), states: try document.count(value["states"], "states"),
            versions: try document.count(value["versions"], "versions"), deleteMarkers: try document.count(value["delete_markers"], "delete_markers"),
            versionsFetched: try document.count(value["versions_fetched"], "versions_fetched"),
            bytesFetched: Int64(try document.count(value["bytes_fetched"], "bytes_fetched")))
    }
}

extension RunProblem {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("reference", reference)
            text.member("code", code)
            text.member("message", message)
        }
    }
}
