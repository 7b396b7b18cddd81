import StateJSON
import Testing

@Suite struct SeenValuesTests {
    @Test func findsWhatWasNotedBefore() throws {
        let list = try parsed(#"["a", "b", "a", "\u0061", "c"]"#)
        var seen = SeenValues()
        let earlier = list.elements.map { value in
            seen.note(value.position, hash: value.contentHash(seed: SeenValues.seed)) { list.document.value(at: $0).isEqual(to: value) }
        }
        let first = list.element(at: 0)?.position
        #expect(earlier == [nil, nil, first, first, nil])
    }

    @Test func keepsValuesOfEqualHashApart() {
        var seen = SeenValues()
        for position in UInt32(1)...200 { #expect(seen.note(position, hash: 7) { $0 == position } == nil) }
        for position in UInt32(1)...200 { #expect(seen.position(hash: 7) { $0 == position } == position) }
        #expect(seen.position(hash: 1 << 63) { _ in true } == nil)
    }

    @Test func growsWithoutForgetting() {
        var seen = SeenValues(expecting: 3)
        for number in UInt32(0)..<50_000 {
            #expect(seen.note(number, hash: quickHash(UInt64(number), seed: SeenValues.seed)) { $0 == number } == nil)
        }
        for number in UInt32(0)..<50_000 {
            #expect(seen.position(hash: quickHash(UInt64(number), seed: SeenValues.seed)) { $0 == number } == number)
        }
    }
}
