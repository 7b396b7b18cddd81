import Foundation

/// What the differential tests start from.
enum Samples {
    /// Ours, small, with everything JSON has.
    static let documents: [[UInt8]] = [
        #"{"version": 4, "serial": 18446744073709551615, "lineage": "a\"b\\c\/d\b\f\n\r\t\u0041\ud83d\ude00\ud800", "o": {}, "a": [ ], "n": [1, -0, 0.5, 1e9, -1.25E-7, 12345678901234567890123]}"#,
        "{\r\n\t\"größe\": [true, false, null, {\"k\": {\"k\": [[[[]]]]}}],\r\n  \"日本\": \"🙂 plain text that is longer than sixteen bytes, and then some\"\r\n}\r\n",
        "[\n    {\n        \"index_key\": 0,\n        \"attributes\": {\"tags\": {\"Name\": \"x\"}, \"cidr\": [\"10.0.0.0/8\"]}\n    }\n]\n",
        "  \"just a string\"  ", "0", "-1.5e+300", "null", "[[],[],{},{\"\":\"\"}]",
    ].map { Array($0.utf8) }

    static let sharedRoot: URL = {
        if let path = ProcessInfo.processInfo.environment["TFGUARD_SHARED"] { return URL(fileURLWithPath: path) }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("../shared")
    }()

    static var sharedIsPresent: Bool {
        FileManager.default.fileExists(atPath: sharedRoot.appendingPathComponent("corpus/corrupt/expect.json").path)
    }

    /// Real states of the shared corpus and fixtures up to `limit` bytes.
    static func shared(upTo limit: Int) -> [[UInt8]] {
        ["fixtures/states", "corpus/corrupt", "corpus/history", "corpus/pairs"].flatMap { folder -> [[UInt8]] in
            let base = sharedRoot.appendingPathComponent(folder)
            let names =
                FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }.filter { $0.hasSuffix("tfstate") }.sorted()
                ?? []
            return names.compactMap { try? Data(contentsOf: base.appendingPathComponent($0)) }.filter { $0.count <= limit }.map {
                Array($0)
            }
        }
    }
}
