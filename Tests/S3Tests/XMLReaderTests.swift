@testable import S3
import Testing

struct XMLReaderTests {
    private func parse(_ text: String) throws -> XMLElement { try XMLElement.parse(Array(text.utf8)) }

    private func fault(_ text: String) -> XMLFault.Reason? { fault(Array(text.utf8)) }

    private func fault(_ bytes: [UInt8]) -> XMLFault.Reason? {
        do throws(XMLFault) {
            _ = try XMLElement.parse(bytes)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func elementsTextAndEntitiesAreRead() throws {
        let root = try parse(
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><s3:A xmlns:s3='u>v'><B>1 &lt;&#34;&quot;&apos;&amp;&gt; &#x1b;&#13;</B><C/><B a=\"/\"/><D>x<E>y</E>z</D></s3:A>\n")
        #expect(root.name == "A")
        #expect(root.children.map(\.name) == ["B", "C", "B", "D"])
        #expect(root["B"]?.text == "1 <\"\"'&> \u{1B}\r")
        #expect(root["C"]?.text == "")
        #expect(root["D"]?.text == "xz")
        #expect(root["D"]?["E"]?.text == "y")
    }

    @Test func sectionsCommentsAndLineEndsAreResolved() throws {
        #expect(try parse("<A><![CDATA[<&]]>]]&gt;<!--<b>--><?p <b>?>\r\nx\ry</A>").text == "<&]]>\nx\ny")
        #expect(try parse("<A>🛟é</A>").text == "🛟é")
    }

    @Test(arguments: [
        ("", XMLFault.Reason.empty), ("  \n", .empty), ("x", .notXML), ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", .documentType),
        ("<a><!ENTITY x></a>", .documentType), ("<!doctype html><html></html>", .documentType), ("<a>&b;</a>", .unknownEntity),
        ("<a>&lt</a>", .unknownEntity), ("<a>& b</a>", .unknownEntity), ("<a>&#xD800;</a>", .badCharacter), ("<a>&#x110000;</a>", .badCharacter),
        ("<a>&#;</a>", .badCharacter), ("<a>&#-1;</a>", .badCharacter), ("<a>", .truncated), ("<a", .truncated), ("<a>x", .truncated),
        ("<a><b></a>", .mismatchedEnd), ("<a></ab>", .mismatchedEnd), ("<ab></a>", .mismatchedEnd), ("</a>", .notXML), ("<a></a><b/>", .trailingContent),
        ("<a/>x", .trailingContent), ("<a><></></a>", .malformedTag), ("<a><b <c></b></a>", .malformedTag), ("<!-- x", .truncated), ("<a><![CDATA[x</a>", .truncated),
        ("<a b=\"></a>", .truncated),
    ])
    func whatIsNotTheXMLOfS3IsRefused(text: String, reason: XMLFault.Reason) {
        #expect(fault(text) == reason)
    }

    @Test func hostileSizesAreRefusedWithoutRecursionOrMemory() {
        #expect(fault(String(repeating: "<a>", count: 100_000)) == .tooDeep)
        #expect(fault("<a \(String(repeating: "x='y' ", count: 2000))/>") == .malformedTag)
        #expect(fault([UInt8](repeating: 0x20, count: (4 << 20) + 1)) == .tooLarge)
        #expect(fault("<a>&\(String(repeating: "x", count: 100_000));</a>") == .unknownEntity)
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(fault([UInt8(ascii: "<"), UInt8(ascii: "a"), UInt8(ascii: ">"), 0xFF] + Array("</a>".utf8)) == .invalidUTF8)
        #expect(fault([0xFF, 0xFE, UInt8(ascii: "<"), 0, UInt8(ascii: "a"), 0]) == .notXML)
    }

    /// Cut at every byte, a good answer becomes a fault, never a crash or a shorter truth.
    @Test func everyTruncationIsNoticed() {
        let whole = Array("<?xml version=\"1.0\"?><A b='c'><D>e&amp;f</D><!-- g --><H/></A>".utf8)
        for length in 0..<whole.count { #expect(fault(Array(whole[..<length])) != nil, "\(length)") }
        #expect(fault(whole) == nil)
    }

    @Test func writtenTextComesBack() throws {
        let text = "a<b>&\"c'\r\n\té\u{FFFD}"
        #expect(XMLText.canHold(text))
        #expect(try parse("<A>\(XMLText.escape(text))</A>").text == text)
        #expect(!XMLText.canHold("\u{1B}") && !XMLText.canHold("\u{0}") && !XMLText.canHold("\u{FFFE}"))
    }
}
