import Testing

@testable import AWSIdentity

@Suite("XML answers") struct XMLFieldsTests {
    private func fields(_ text: String) -> XMLFields? { XMLFields(Array(text.utf8)) }

    @Test("texts are found by path; entities, comments, prefixes, attributes and empty elements are understood") func texts() throws {
        let found = try #require(
            fields("""
                <?xml version="1.0"?><!-- hello --><a:Root xmlns:a="u">
                <Error><Code>X&amp;Y &#x41;&#66;</Code><Empty/><Message attr="1"> m </Message></Error>
                <Error><Code>second</Code></Error></a:Root>
                """))
        #expect(found.root == "Root")
        #expect(found["Error/Code"] == "X&Y AB")
        #expect(found["Error/Empty"] == "")
        #expect(found["Error/Message"] == " m ")
        #expect(found["Error/None"] == nil)
        #expect(found.all("Error/Code") == ["X&Y AB", "second"] && found.all("Error/None").isEmpty)
    }

    @Test("what is no bounded, closed document without a DTD is refused", arguments: [
        "", "text", "<a>", "<a></b>", "<a/><b/>", "<a><b></a></b>", "<a>&evil;</a>", "<a>&amp</a>", "<a>&#xD800;</a>",
        "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a><![CDATA[x]]></a>", "<a", "<a><!-- </a>", "</a>", "<></>", "{}",
        "<html><br></html>",
    ])
    func refused(text: String) {
        #expect(fields(text) == nil)
    }

    @Test("depth and size have limits") func limits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }
        #expect(fields(nested(32)) != nil)
        #expect(fields(nested(33)) == nil)
        #expect(fields("<a>\(String(repeating: "x", count: 256 << 10))</a>") == nil)
        #expect(XMLFields([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) == nil)
    }
}
