import StateJSON
import TerraformState
import Testing

@Suite struct SerialPatchTests {
    func patched(_ text: String, _ serial: UInt64) throws -> String {
        let bytes = try replacingSerial(in: StateBytes(text.utf8), with: serial)
        return String(decoding: bytes[0..<bytes.count], as: UTF8.self)
    }

    @Test func onlyTheDigitsChange() throws {
        #expect(try patched(Fixtures.full, 77) == Fixtures.full.replacing("\"serial\": 7,", with: "\"serial\": 77,"))
        #expect(try patched(#"{"version":4,"serial":1200,"lineage":"x"}"#, 9) == #"{"version":4,"serial":9,"lineage":"x"}"#)
        #expect(
            try patched("{\r\n\t\"version\" : 3 , \"serial\" :\t5\r\n}\r\n", UInt64.max)
                == "{\r\n\t\"version\" : 3 , \"serial\" :\t18446744073709551615\r\n}\r\n")
    }

    @Test func theSerialThatCountsIsTheOneReplaced() throws {
        #expect(
            try patched(#"{"version":4,"serial":1,"x":{"serial":2},"Serial":3}"#, 8)
                == #"{"version":4,"serial":1,"x":{"serial":2},"Serial":8}"#)
    }

    @Test(arguments: [
        #"{"version":4}"#, #"{"version":4,"serial":"7"}"#, #"{"version":5,"serial":7}"#,
        #"{"serial":7,"lineage":"x","encrypted_data":"","encryption_version":"v0"}"#, "[", "7",
    ])
    func refusesWhatHasNoSerialToReplace(text: String) {
        #expect(throws: StateFormatError.self) { try replacingSerial(in: StateBytes(text.utf8), with: 9) }
    }
}
