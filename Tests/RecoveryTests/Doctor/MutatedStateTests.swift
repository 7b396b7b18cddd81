import Cryptography
import Foundation
import Recovery
import StateJSON
import TestSupport
import Testing
import Timestamps

/// A good state damaged in as many ways as could be thought of: each kind must get its verdict, and what is whole inside must
/// come out to the byte.
@Suite struct MutatedStateTests {
    private static let good = SampleState(serial: 5, ids: Array(0..<40)).text + "\n"
    private var bytes: [UInt8] { Array(Self.good.utf8) }

    private func content(_ bytes: some Collection<UInt8>) -> ExaminedContent {
        let bytes = StateBytes(bytes)
        return ExaminedContent(bytes, sha256: bytes.withUnsafeBytes { SHA256.hash($0) })
    }

    private func diagnosis(_ bytes: some Collection<UInt8>) -> Diagnosis {
        var history = HistoryJudgement()
        _ = history.judge(SampleState(serial: 4, ids: Array(0..<40)).content, written: Timestamp(seconds: 0))
        return history.judge(content(bytes), written: Timestamp(seconds: 60))
    }

    private func expect(_ verdict: Verdict, _ bytes: some Collection<UInt8>, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let diagnosis = diagnosis(bytes)
        #expect(diagnosis.verdict == verdict, "\(comment): \(diagnosis.symptoms.map(\.message))", sourceLocation: sourceLocation)
        #expect(diagnosis.verdict == .ok || !diagnosis.symptoms.isEmpty, "\(comment)", sourceLocation: sourceLocation)
    }

    /// Repairable, and the repair gives back exactly these bytes.
    private func expectRepair(_ wrapped: some Collection<UInt8>, of inside: [UInt8]? = nil, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expect(.repairable, wrapped, comment, sourceLocation: sourceLocation)
        #expect((try? StateRepair.repair(StateBytes(wrapped))) == StateBytes(inside ?? bytes), "\(comment)", sourceLocation: sourceLocation)
    }

    @Test func everyCutIsUnreadable() {
        for length in stride(from: 1, to: bytes.count - 1, by: 7) { expect(.unreadable, bytes.prefix(length), "cut at \(length)") }
        expect(.unreadable, bytes.prefix(bytes.count - 2), "the last brace")
        expect(.ok, bytes.dropLast(), "the line end alone")
        expect(.unreadable, bytes.dropFirst(), "the first brace")
    }

    @Test func zeroBytesAnywhereAreUnreadable() {
        for place in [0, 1, 5, bytes.count / 2, bytes.count - 64] {
            for count in [1, 2, 3, 4, 16, 64] where place + count <= bytes.count {
                var damaged = bytes
                damaged.replaceSubrange(place..<place + count, with: repeatElement(0, count: count))
                expect(.unreadable, damaged, "\(count) at \(place)")
            }
        }
        expect(.unreadable, bytes + [UInt8](repeating: 0, count: 100), "behind")
        for count in 1...9 { expect(.unreadable, [UInt8](repeating: 0, count: count) + bytes, "\(count) in front") }
    }

    @Test func unicodeInOtherFormsIsRepaired() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        expectRepair(mark + bytes, "byte order mark")
        expectRepair(mark + mark + bytes, "two byte order marks")
        for bigEndian in [false, true] {
            func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
            func utf32(_ text: String) -> [UInt8] {
                text.unicodeScalars.flatMap { scalar in
                    let parts = [24, 16, 8, 0].map { UInt8(scalar.value >> $0 & 0xFF) }
                    return bigEndian ? parts : parts.reversed()
                }
            }
            let special = Self.good.replacing("\"a\"", with: "\"a\", \"x\": \"é😀\"", maxReplacements: 1)
            for text in [Self.good, Self.good.replacing("\n", with: "\r\n"), special] {
                expectRepair(utf16("\u{FEFF}" + text), of: Array(text.utf8), "UTF-16")
                expectRepair(utf16(text), of: Array(text.utf8), "UTF-16 without mark")
                expectRepair(utf32("\u{FEFF}" + text), of: Array(text.utf8), "UTF-32")
                expectRepair(utf32(text), of: Array(text.utf8), "UTF-32 without mark")
            }
            for (what, text) in [("cut", String(Self.good.prefix(900))), ("page", "<html><body>busy</body></html>"), ("nothing", "\n")] {
                expect(.unreadable, utf16("\u{FEFF}" + text), "UTF-16 around \(what)")
                expect(.unreadable, utf32("\u{FEFF}" + text), "UTF-32 around \(what)")
            }
            var half = utf16("\u{FEFF}" + Self.good)
            half.replaceSubrange(200..<202, with: bigEndian ? [0xD8, 0] : [0, 0xD8])
            expect(.unreadable, half, "half of a surrogate pair")
        }
        expect(.unreadable, mark + bytes.prefix(300), "byte order mark and a cut")
        expect(.invalid, mark + Array("[]".utf8), "byte order mark and another document")
        expect(.unreadable, mark, "nothing but a byte order mark")
        for garbage: [UInt8] in [[0xFF], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            let parts = Self.good.replacing("\"a\"", with: "\"a~\"").utf8.split(separator: UInt8(ascii: "~"))
            expect(.unreadable, Array(parts.joined(separator: garbage)), "\(garbage)")
        }
    }

    @Test func uploadFramingIsRepairedWhateverTheChunksAndTrailers() {
        let signature = ";chunk-signature=" + String(repeating: "a1", count: 32)
        for size in [1, 7, 64, 1000, bytes.count, bytes.count + 9] {
            for (extension_, trailer) in [
                ("", ""), (signature, ""), ("", "x-amz-checksum-crc32:AAAAAA==\r\n"), ("", "x-amz-checksum-crc64nvme:AAAAAAAAAAA=\r\nx-amz-trailer-signature:ab\r\n"),
            ] {
                let framed = framed(bytes, size, extension_, trailer)
                expectRepair(framed, "chunks of \(size) \(trailer)")
                for cut in [framed.count / 3, framed.count / 2, framed.count - trailer.utf8.count - extension_.utf8.count - 7] {
                    expect(.unreadable, framed.prefix(cut), "chunks of \(size), cut at \(cut)")
                }
            }
        }
        expectRepair(framed([0xEF, 0xBB, 0xBF] + bytes, 100), "framing around a byte order mark")
        expect(.unreadable, framed(Array("<html>x</html>".utf8), 100), "framing around a page")
        expect(.unreadable, framed(Array(bytes.prefix(500)), 100), "framing around a cut")
        expect(.unreadable, bytes + Array("\r\n0\r\n\r\n".utf8), "the tail of a framing")
    }

    private func framed(_ bytes: [UInt8], _ size: Int, _ extension_: String = "", _ trailer: String = "") -> [UInt8] {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let part = bytes[start..<min(start + size, bytes.count)]
            text += Array("\(String(part.count, radix: 16))\(extension_)\r\n".utf8) + part + Array("\r\n".utf8)
        }
        return text + Array("0\(extension_)\r\n\(trailer)\r\n".utf8)
    }

    @Test func compressionIsRepairedUnlessItIsDamaged() async throws {
        for level in [1, 6, 9] {
            let zipped = try await gzip(bytes, "-\(level)")
            expectRepair(zipped, "gzip -\(level)")
            expectRepair(zipped + [UInt8](repeating: 0, count: 512), "gzip -\(level) with padding")
            for cut in [2, 10, zipped.count / 2, zipped.count - 8, zipped.count - 1] { expect(.unreadable, zipped.prefix(cut), "gzip cut at \(cut)") }
            for place in [zipped.count / 2, zipped.count - 6, zipped.count - 2] {
                var damaged = zipped
                damaged[place] ^= 0x10
                expect(.unreadable, damaged, "gzip with a wrong bit at \(place)")
            }
        }
        let (first, second) = (try await gzip(Array(bytes.prefix(700))), try await gzip(Array(bytes.dropFirst(700))))
        expectRepair(first + second, "two members")
        expectRepair(try await gzip(gzip(bytes)), "gzip of gzip")
        expectRepair(try await gzip([0xEF, 0xBB, 0xBF] + bytes), "gzip of a byte order mark")
        expectRepair(framed(try await gzip(bytes), 64), "framing around gzip")
        expect(.unreadable, try await gzip(Array(bytes.prefix(300))), "gzip of a cut")
        expect(.unreadable, try await gzip([]), "gzip of nothing")
        expect(.invalid, try await gzip(Array("{\"version\": \"4\"}".utf8)), "gzip of no state")
        let salvage = try #require(Salvage(of: StateBytes(try await gzip(Array(bytes.prefix(2000))))))
        #expect(salvage.instanceCount > 10)
        let front = try await gzip(bytes)
        #expect(Salvage(of: StateBytes(front.prefix(front.count - 9)))?.instanceCount ?? 0 > 10, "a cut archive gives what came before the cut")
    }

    private func gzip(_ bytes: [UInt8], _ level: String = "-6") async throws -> [UInt8] {
        try await runProcess(["/usr/bin/env", "gzip", "-c", level], input: bytes, timeout: .seconds(60)).standardOutput
    }

    @Test func mergeMarksOfEveryKindAreUnreadable() {
        let lines = Self.good.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let marks = [
            ["<<<<<<< HEAD", "=======", ">>>>>>> theirs"], ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"], ["<<<<<<< .mine", "=======", ">>>>>>> .r12"],
            [">>>>>>> theirs"], ["======="], ["||||||| merged common ancestors"], ["<<<<<<< Conflict 1 of 1", "%%%%%%% Changes", "+++++++ Contents", ">>>>>>> Conflict 1 of 1 ends"],
            ["    <<<<<<< HEAD", "    =======", "    >>>>>>> x"], ["<<<<<<<<<<<<< HEAD", "=============", ">>>>>>>>>>>>> x"],
        ]
        for mark in marks {
            for place in 0...lines.count {
                for end in ["\n", "\r\n"] { expect(.unreadable, (lines.prefix(place) + mark + lines.dropFirst(place)).joined(separator: end).utf8, "\(mark) at \(place)") }
            }
        }
    }

    @Test func pagesErrorsAndOtherTextsAreUnreadable() {
        for text in [
            "<!DOCTYPE html><html></html>", "<HTML>", "\n <html lang=en>", "<!-- proxy --><html></html>", "<head><title>x", "<h1>Bad Gateway</h1>", "<center>nginx</center>",
            "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code></Error>", "<Error/>", "<error><code>x</code></error>", "<ErrorResponse><Error/></ErrorResponse>",
            "<ListBucketResult/>", "<s:Envelope/>", "<", "502 Bad Gateway", "Access Denied", "HTTP/1.1 200 OK\r\n\r\n" + Self.good, "version https://git-lfs.github.com/spec/v1\n",
            "---\nversion: 4\n", "diff --git a/x b/x\n", " ", "\r\n\t", "\u{A0}", "# comment\n" + Self.good,
        ] { expect(.unreadable, text.utf8, text) }
    }

    @Test func secondDocumentsAndTailsAreUnreadable() {
        let shorter = SampleState(serial: 4, ids: [1]).text
        for text in [
            Self.good + Self.good, Self.good + shorter, shorter + Self.good, Self.good + "{}", Self.good + "[]", Self.good + "}", Self.good + "]", Self.good + "," + Self.good,
            Self.good + "x", Self.good + "1", Self.good + "null", Self.good + "\"x\"", Self.good + String(Self.good.suffix(200)), "\u{1E}" + Self.good,
        ] { expect(.unreadable, text.utf8, String(text.suffix(20))) }
        expect(.invalid, "[\(Self.good)]".utf8, "an array of states")
        expect(.invalid, "{\"state\": \(Self.good)}".utf8, "a state inside")
        expect(.ok, (Self.good + " \r\n\t ").utf8, "white space behind")
        expect(.ok, Self.good.replacing("\n", with: "\r").utf8, "old line ends")
    }
}
