@testable import Reports
import Testing

@Suite struct MaskingTests {
    /// The first vectors of the reference implementation (key 00…0f, messages of 0, 1, 8 and 15 counting bytes).
    @Test(arguments: [(0, 0x726F_DB47_DD0E_0E31), (1, 0x74F8_39C5_93DC_67FD), (8, 0x93F5_F579_9A93_2462), (15, 0xA129_CA61_49BE_45E5)] as [(UInt8, UInt64)])
    func sipHashMatchesItsReference(count: UInt8, tag: UInt64) {
        let key: (UInt64, UInt64) = (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
        #expect(SipHash(key: key).hash(Array(0..<count)) == tag)
    }

    @Test func equalValuesLookEqualAndNothingElseShows() {
        let mask = SecretMask(key: (1, 2))
        let first = mask.text(for: "hunter2".utf8)
        #expect(first == mask.text(for: "hunter2".utf8))
        #expect(first != mask.text(for: "hunter3".utf8))
        #expect(first != SecretMask(key: (1, 3)).text(for: "hunter2".utf8))
        #expect(first.wholeMatch(of: /\(sensitive\) [0-9a-f]{8}/) != nil)
    }
}
