import TerraformState
import Testing

@Suite struct StateHeadTests {
    @Test func readsTheHeadFromTheFirstBytes() throws {
        let head = try #require(StateHead(prefix: Array(Fixtures.full.utf8.prefix(200))))
        #expect(head.formatVersion == 4 && head.serial == 7 && head.terraformVersion == "1.12.2")
        #expect(head.generation == Generation(serial: 7, lineage: "3f1c7f5a-0b7e-4c0e-9d53-2f6c1f1f0a11"))
        #expect(head.looksLikeState)
    }

    @Test func believesNoNumberThatIsCut() throws {
        let text = #"{"version":4,"serial":123"#
        #expect(try #require(StateHead(prefix: Array(text.utf8))).serial == nil)
        #expect(try #require(StateHead(prefix: Array((text + ",").utf8))).serial == 123)
        for length in 1...Fixtures.full.utf8.count {
            let head = try #require(StateHead(prefix: Array(Fixtures.full.utf8.prefix(length))))
            #expect(head.serial == nil || head.serial == 7)
        }
    }

    @Test(arguments: [
        (#"{"version":4,"terraform_version":"1.11.4","ser"#, true), (#"{"serial":3,"lineage":"x","meta":{"key"#, true),
        (#"{"meta":{},"encrypted_"#, false), (#"{"version":3,"terraform_version":"1.11.4","backend":{"#, false),
        (#"{"version":1,"modules":["#, true),
        (#"{"version":"4","#, false), (#"{"name":"x","version":2}"#, false), (#"{"ID":"x","Version":"1.11.4"}"#, false), (#"{}"#, false),
        (#"{"version":4}"#, false),
    ])
    func tellsStatesFromOtherObjects(text: String, isState: Bool) {
        #expect(StateHead(prefix: Array(text.utf8))?.looksLikeState == isState)
    }

    @Test(arguments: ["", "[", "<html>", "\u{FEFF}{", "   "])
    func isNilForWhatBeginsNoObject(text: String) {
        #expect(StateHead(prefix: Array(text.utf8)) == nil)
    }
}
