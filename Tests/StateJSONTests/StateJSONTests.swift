import Testing
import StateJSON

@Suite struct JSONDocumentSmoke {
    @Test func readsMembers() throws {
        let document = try JSONDocument(parsing: StateBytes(Array(#"{"a": [1, 22, {"b":"x\u0041\n"}], "c" : {} , "d":-1.5e3}"#.utf8)))
        #expect(document.root.count == 3)
        #expect(document.root["a"]?.element(at: 1)?.int == 22)
        #expect(document.root["a"]?.element(at: 2)?["b"]?.string == "xA\n")
        #expect(document.root["d"]?.numberText == "-1.5e3")
    }
}
