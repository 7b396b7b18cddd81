import StateJSON
import Testing

@Suite struct StateBytesTests {
    @Test func aBuilderGathersWhatItIsGiven() {
        var builder = StateBytes.Builder(capacity: 2)
        var wanted: [UInt8] = []
        for part in 0..<50 {
            let bytes = [UInt8](repeating: UInt8(part), count: part * 3)
            wanted += bytes
            if part % 2 == 0 { bytes.withUnsafeBytes { builder.append($0) } } else { builder.append(contentsOf: AnyCollection(bytes)) }
        }
        let count = builder.count
        let all = builder.finish()
        #expect(count == wanted.count)
        #expect(all.count == wanted.count)
        #expect(all[0..<all.count] == wanted)
        #expect(all == StateBytes(wanted))
    }

    @Test func zeroBytesStandBehindTheEnd() {
        let bytes = StateBytes([UInt8](repeating: 0xFF, count: 100))
        let padding = bytes.withUnsafeBytes { all in
            (0..<StateBytes.padding).map { (all.baseAddress?.load(fromByteOffset: all.count + $0, as: UInt8.self)) ?? 1 }
        }
        #expect(padding.allSatisfy { $0 == 0 })
    }

    @Test func equalityLooksAtEveryByte() {
        let base = [UInt8](0..<100)
        for at in 0..<100 {
            var other = base
            other[at] ^= 1
            #expect(StateBytes(base) != StateBytes(other))
        }
        #expect(StateBytes(base) != StateBytes(base.dropLast()))
        #expect(StateBytes([]) == StateBytes([]))
    }

    @Test func anAbandonedBuilderIsFreed() {
        for _ in 0..<1000 {
            var builder = StateBytes.Builder(capacity: 1 << 20)
            builder.append(contentsOf: [1])
            #expect(builder.count == 1)
        }
    }

    @Test func descriptionsHoldNoContent() {
        #expect("\(StateBytes("secret".utf8))" == "6 bytes")
    }
}
