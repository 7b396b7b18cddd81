import Foundation
import StateJSON
import Testing

@Suite struct DifferentialTests {
    @Test func agreesWithTheOracleOnWholeAndOnCutDocuments() {
        for document in Samples.documents {
            #expect(disagreement(on: document) == nil)
            for length in 0..<document.count {
                let cut = Array(document[..<length])
                #expect(disagreement(on: cut) == nil, "cut at \(length)")
            }
        }
    }

    @Test func agreesWithTheOracleOnEveryByteInEveryPlace() {
        let places = [#"{"a": [1, "x"], "b": null}"#, #""é\n""#, "-1.5e3", "[ ]"].map { Array($0.utf8) }
        for text in places {
            for at in 0...text.count {
                for byte in UInt8.min...UInt8.max {
                    var inserted = text
                    inserted.insert(byte, at: at)
                    #expect(disagreement(on: inserted) == nil, "\(byte) inserted at \(at) of \(String(decoding: text, as: UTF8.self))")
                }
            }
        }
    }

    @Test func agreesWithTheOracleOnThousandsOfDamagedDocuments() {
        var mutator = Mutator(seed: 0x5EED_0001)
        for round in 0..<4000 {
            let bytes = mutator.mutate(Samples.documents[round % Samples.documents.count])
            #expect(disagreement(on: bytes) == nil, "round \(round): \(bytes)")
        }
    }

    @Test(.enabled(if: Samples.sharedIsPresent, "needs the shared corpus (TFGUARD_SHARED)"))
    func agreesWithTheOracleOnDamagedRealStates() {
        var mutator = Mutator(seed: 0x5EED_0002)
        let states = Samples.shared(upTo: 6000)
        #expect(states.count > 50)
        for round in 0..<1500 {
            let bytes = mutator.mutate(states[round % states.count])
            #expect(disagreement(on: bytes) == nil, "round \(round)")
        }
        for state in Samples.shared(upTo: 20_000) { #expect(disagreement(on: state) == nil) }
    }

    /// Python takes NaN and Infinity, which are left out here; on all else it must agree on acceptance, and find our canonical
    /// text equal in value to the original.
    @Test(.enabled(if: PythonOracle.isPresent, "needs python3"))
    func agreesWithPython() throws {
        var mutator = Mutator(seed: 0x5EED_0003)
        let sources = Samples.documents + (Samples.sharedIsPresent ? Samples.shared(upTo: 3000) : [])
        var documents: [[UInt8]] = sources
        for round in 0..<1200 { documents.append(mutator.mutate(sources[round % sources.count])) }
        documents.removeAll {
            String(decoding: $0, as: UTF8.self).contains("NaN") || String(decoding: $0, as: UTF8.self).contains("Infinity")
                || $0.starts(with: [0xEF, 0xBB, 0xBF])
        }
        let pairs = documents.map { bytes in (bytes, (try? JSONDocument(parsing: StateBytes(bytes)))?.root.canonicalBytes) }
        let verdicts = try PythonOracle.judge(pairs)
        #expect(verdicts.count == pairs.count)
        for (index, verdict) in verdicts.enumerated() {
            #expect(
                verdict == (pairs[index].1 == nil ? "rejected" : "equal"),
                "document \(index): \(String(decoding: pairs[index].0.prefix(200), as: UTF8.self))")
        }
    }
}
