internal import Sites
internal import StateJSON

/// The verdicts of a site's objects as the vault keeps them; see *Examined objects* in the article on the vault's format.
struct ExaminationNote {
    var site: ObjectFingerprint
    var verdicts: [ObjectFingerprint: IgnoredReason]

    init(site: ObjectFingerprint, verdicts: [ObjectFingerprint: IgnoredReason]) {
        (self.site, self.verdicts) = (site, verdicts)
    }

    var document: [UInt8] {
        let lists = IgnoredReason.allCases.compactMap { reason -> String? in
            let digests = verdicts.filter { $0.value == reason }.map { "\"\($0.key.text)\"" }.sorted()
            return digests.isEmpty ? nil : "\"\(reason.rawValue)\":[\(digests.joined(separator: ","))]"
        }
        return Array("{\"format\":1,\"site\":\"\(site.text)\",\"verdicts\":{\(lists.joined(separator: ","))}}".utf8)
    }

    /// - Returns: nil for a note that is none of these.
    init?(reading document: [UInt8]) {
        guard let root = try? JSONDocument(parsing: StateBytes(document)).root, root["format"]?.int == 1,
            let site = root["site"]?.string.flatMap(ObjectFingerprint.init(text:)), let lists = root["verdicts"], lists.kind == .object
        else { return nil }
        self.site = site
        verdicts = [:]
        for (name, list) in lists.members where list.kind == .array {
            guard let reason = IgnoredReason(rawValue: name.string) else { continue }
            for digest in list.elements {
                guard let fingerprint = digest.string.flatMap(ObjectFingerprint.init(text:)) else { continue }
                verdicts[fingerprint] = reason
            }
        }
    }
}
