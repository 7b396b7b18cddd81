import Findings
import Reports
import Sites
import StateJSON

/// The findings that somebody has accepted: only new ones fail.
struct DriftBaseline {
    let ids: Set<String>

    private static let limit = 1 << 26

    /// - Throws: ``Complaint`` when the file cannot be read or is no baseline: a broken baseline must not accept anything.
    init(file path: String) throws(Complaint) {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(path, limit: Self.limit, allowingPipes: true)
        } catch {
            throw Complaint(.failure, path, error.description, hint: "--write-baseline \(path) writes one.")
        }
        guard let root = try? JSONDocument(parsing: StateBytes(bytes)).root, root["format_version"]?.string == "1",
            let accepted = root["accepted"], accepted.kind == .array
        else { throw Complaint(.failure, path, "is no baseline of tfguard drift", hint: "--write-baseline \(path) writes one.") }
        ids = Set(accepted.elements.compactMap { $0["id"]?.string })
    }

    /// The document that ``init(file:)`` reads: ids count, the rest tells people what they accept. No values.
    static func document(of pairs: [DriftReport.Pair]) -> String {
        let entries: [JSONObject] = pairs.flatMap(\.findings).sorted { $0.id < $1.id }.map { entry in
            [
                "id": .string(entry.id), "rule_id": .string(entry.ruleID.description), "severity": .string(entry.severity.rawValue),
                "primary_address": .string(entry.primaryAddress), "dr_address": .string(entry.drAddress), "attribute": .string(entry.attribute),
            ]
        }
        return JSONWriter.document(.object(["format_version": .string("1"), "accepted": .objects(entries)]))
    }
}
