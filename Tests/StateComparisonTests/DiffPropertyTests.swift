import StateComparison
import StateJSON
import TerraformState
import Testing

/// Properties over generated states: every run has the same seeds, so a failure can be repeated.
@Suite struct DiffPropertyTests {
    @Test(arguments: 1...20) func aStateNeverDiffersFromItself(seed: UInt64) throws {
        let state = try GeneratedState(seed: seed).state()
        #expect(StateDiff(from: state, to: state).isEmpty)
    }

    @Test(arguments: 1...20) func orderAndWhitespaceMeanNothing(seed: UInt64) throws {
        let generated = GeneratedState(seed: seed)
        let diff = try StateDiff(from: generated.state(), to: generated.shuffled(seed: seed &* 7 &+ 1).state())
        #expect(diff.isEmpty, "\(diff.changes.map { "\($0.action) \($0.address) \($0.attributes.map(\.path.description))" })")
    }

    @Test(arguments: 1...40) func anInjectedChangeIsFoundAndNothingElse(seed: UInt64) throws {
        var changed = GeneratedState(seed: seed)
        let original = changed
        var random = SplitMix(seed: seed &+ 1_000)
        let index = Int(random.next() % UInt64(changed.instances.count))
        let attribute = "attribute\(random.next() % 4)"
        changed.instances[index].attributes[attribute] = "\"changed\""
        let diff = try StateDiff(from: original.state(), to: changed.shuffled(seed: seed).state())
        #expect(diff.changes.map(\.address) == [original.instances[index].address])
        #expect(diff.changes.first?.action == .change)
        #expect(diff.changes.flatMap(\.attributes).map(\.path.description) == [attribute])
    }

    @Test(arguments: 1...20) func removalsAndAdditionsMirrorEachOther(seed: UInt64) throws {
        let full = GeneratedState(seed: seed)
        var fewer = full
        fewer.instances.remove(at: Int(seed) % fewer.instances.count)
        let forth = try StateDiff(from: full.state(), to: fewer.state()), back = try StateDiff(from: fewer.state(), to: full.state())
        #expect(forth.changes.map(\.action) == [.remove] && back.changes.map(\.action) == [.add])
        #expect(forth.changes.map(\.address) == back.changes.map(\.address))
    }
}

/// Sebastiano Vigna's SplitMix64: small, and the same on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// A state of a dozen resources with attributes of every kind.
struct GeneratedState {
    struct Instance {
        var name: String
        var key: Int
        var attributes: [String: String]

        var address: String { "x_thing.\(name)[\(key)]" }
    }

    var instances: [Instance] = []
    private var order: SplitMix?

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let values = [
            #""text""#, "12", "1.50", "true", "null", #"["a", "b", "a"]"#, #"{"k": "v", "l": [1, {"m": null}]}"#, #"[{"from": 1, "to": 2}, {"from": 3, "to": 4}]"#,
            #""{\"Statement\": [{\"Effect\": \"Allow\"}]}""#, #""esc\u00e9 \"q\"""#,
        ]
        for name in ["web", "db", "cache", "mail"] {
            for key in 0..<Int(1 + random.next() % 4) {
                var attributes = ["id": "\"\(name)-\(key)-\(random.next() % 1_000_000)\""]
                for index in 0..<4 { attributes["attribute\(index)"] = values[Int(random.next() % UInt64(values.count))] }
                instances.append(Instance(name: name, key: key, attributes: attributes))
            }
        }
    }

    /// The same state written with other orders of members, instances and resources, and other whitespace.
    func shuffled(seed: UInt64) -> GeneratedState {
        var copy = self
        copy.order = SplitMix(seed: seed)
        return copy
    }

    func state() throws -> TerraformState {
        var random = order ?? SplitMix(seed: 0)
        func arranged(_ members: [String]) -> [String] { order == nil ? members : members.shuffled(using: &random) }
        let space = order == nil ? "" : " \n\t"
        let resources = Dictionary(grouping: instances, by: \.name).sorted { $0.key < $1.key }.map { name, instances in
            let texts = instances.map { instance in
                let attributes = arranged(instance.attributes.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\(space)\($0.value)" })
                return "{" + arranged(["\"index_key\": \(instance.key)", "\"schema_version\": 1", "\"attributes\": {\(attributes.joined(separator: ","))}"]).joined(separator: ",") + "}"
            }
            return "{" + arranged([#""mode": "managed""#, #""type": "x_thing""#, "\"name\": \"\(name)\"", #""provider": "provider[\"registry.terraform.io/x/x\"]""#, "\"instances\": [\(arranged(texts).joined(separator: ","))]"]).joined(separator: ",\(space)") + "}"
        }
        let members = ["\"version\": 4", "\"serial\": 1", #""lineage": "l""#, #""terraform_version": "1.11.4""#, "\"outputs\": {}", "\"resources\": [\(arranged(resources).joined(separator: ","))]"]
        return try TerraformState(parsing: StateBytes("{\(arranged(members).joined(separator: ","))}".utf8))
    }
}
