import StateJSON
import TerraformState
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("line\nend\r\ttab", #""line\nend\r\ttab""#), ("${x}", #""$${x}""#),
        ("%{if}", #""%%{if}""#), ("$5 100%", #""$5 100%""#), ("$${x}", #""$$${x}""#),
        ("größe 日本", #""größe 日本""#), ("\u{0}\u{1B}", #""\u0000\u001b""#), ("\u{A0}", #""\u00a0""#), ("\u{200B}", #""\u200b""#),
        ("\u{E0001}", #""\U000e0001""#), ("🙂", #""🙂""#), ("", #""""#),
    ])
    func quotesKeysAsHCLDoes(text: String, wanted: String) {
        #expect(HCLQuoting.quote(text) == wanted)
    }

    @Test func pathsPrintAsTerraformPrintsThem() {
        #expect(
            AttributePath([.attribute("ingress"), .index(0), .attribute("cidr_blocks"), .index(1)]).description
                == "ingress[0].cidr_blocks[1]")
        #expect(AttributePath([.attribute("tags"), .key("Name")]).description == #"tags["Name"]"#)
        #expect(AttributePath([]).description == "")
    }

    @Test func aMarkedPathCoversWhatLiesBelowIt() {
        let mark = AttributePath([.attribute("connection")])
        #expect(mark.covers(mark))
        #expect(mark.covers(mark.appending(.attribute("password"))))
        #expect(!mark.appending(.attribute("password")).covers(mark))
        #expect(!mark.covers(AttributePath([.attribute("connections")])))
        #expect(AttributePath([.attribute("tags"), .key("Name")]).covers(AttributePath([.attribute("tags"), .attribute("Name")])))
        #expect(!AttributePath([.attribute("list"), .index(0)]).covers(AttributePath([.attribute("list"), .index(1)])))
    }

    @Test func aPathFindsItsValue() throws {
        let attributes = try JSONDocument(parsing: StateBytes(#"{"ingress":[{"cidr":["a","b"]}],"tags":{"x y":1}}"#.utf8)).root
        #expect(AttributePath([.attribute("ingress"), .index(0), .attribute("cidr"), .index(1)]).value(in: attributes)?.string == "b")
        #expect(AttributePath([.attribute("tags"), .key("x y")]).value(in: attributes)?.int == 1)
        #expect(AttributePath([.attribute("tags"), .index(0)]).value(in: attributes) == nil)
    }

    @Test func indexKeysReadAndSortAsTerraformDoes() throws {
        func key(_ text: String) throws -> IndexKey? {
            try Fixtures.state(Fixtures.text(resources: [Fixtures.resource("a", instances: [Fixtures.instance(id: "1", key: text)])]))
                .instances[0].indexKey
        }
        #expect(try key("3") == .int(3))
        #expect(try key("3.0") == .int(3))
        #expect(try key("1e1") == .int(10))
        #expect(try key("\"3\"") == .string("3"))
        #expect(try key("true") == nil)
        #expect(try key("1e300") == nil)
        #expect([IndexKey.string("b"), .int(10), .string("a"), .int(9)].sorted() == [.int(9), .int(10), .string("a"), .string("b")])
    }

    @Test func moduleKeysAreTakenOff() {
        #expect(ModulePath.withoutKeys(#"module.a["x]\"y"].module.b[0]"#) == "module.a.module.b")
        #expect(ModulePath.withoutKeys("module.a") == "module.a")
    }
}
