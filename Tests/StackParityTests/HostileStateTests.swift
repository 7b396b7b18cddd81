import Foundation
import StackParity
import StateJSON
import TerraformState
import Testing

/// Mangled states: no crash, no hang, whatever is in them.
struct HostileStateTests {
    @Test(.timeLimit(.minutes(15)), arguments: 1...2)
    func `mutated states are compared without a crash`(round: Int) throws {
        var random = Seeded(state: UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
        let primary = try StackFixture().bytes(), dr = try StackFixture.standby.bytes()
        var compared = 0
        for _ in 0..<10 {
            var bytes = dr
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: if bytes[at] > 64, bytes[at] != UInt8(ascii: "{"), bytes[at] != UInt8(ascii: "}"), bytes[at] != UInt8(ascii: "["), bytes[at] != UInt8(ascii: "]") { bytes[at] = UInt8(ascii: "a") + UInt8.random(in: 0..<26, using: &random) }
                case 1 where bytes[at] > 126: bytes[at] = UInt8.random(in: 32..<127, using: &random)
                case 1: if bytes[at] != UInt8(ascii: "\"") { bytes[at] = UInt8(ascii: "0") + UInt8.random(in: 0..<10, using: &random) }
                case 2:
                    // A piece of one value in the place of another.
                    let from = Int.random(in: 0..<bytes.count, using: &random), length = Int.random(in: 1...20, using: &random)
                    for offset in 0..<length where at + offset < bytes.count && from + offset < bytes.count { bytes[at + offset] = bytes[from + offset] }
                default: if bytes[at] > 47 { bytes.remove(at: at) }
                }
            }
            guard let state = try? TerraformState(parsing: StateBytes(bytes)) else { continue }
            compared += 1
            let base = Stack(try TerraformState(parsing: StateBytes(primary)))
            _ = StackParity.compare(primary: base, dr: Stack(state))
            _ = StackParity.compare(primary: Stack(state), dr: base)
            _ = StackSplit(state)
        }
        #expect(compared > 0)
    }

    @Test(arguments: [
        #"{"version":4,"resources":[]}"#,
        #"{"version":4,"resources":[{"mode":"managed","type":"","name":"","instances":[{}]}]}"#,
        #"{"version":4,"resources":[{"mode":"managed","type":"aws_vpc","name":"a","instances":[{"attributes":[1,2]},{"attributes":null},{"attributes":{"id":"","id":"x","arn":":::::","cidr_block":"999.1.1.1/99","tags":[1],"availability_zone":"-"}}]}]}"#,
        #"{"version":4,"resources":[{"module":"module.","mode":"data","type":"t","name":"n","provider":"x","instances":[{"index_key":"[\"","attributes":{"policy":"{\"a\":{","user_data":"AAAA","cidr":"::/0","x":"::::::::::"}}]}]}"#,
    ])
    func `odd but valid states are compared`(text: String) throws {
        let odd = Stack(try TerraformState(parsing: StateBytes(Array(text.utf8))))
        let usual = try StackFixture().stack()
        _ = StackParity.compare(primary: odd, dr: usual)
        _ = StackParity.compare(primary: usual, dr: odd)
        #expect(StackParity.compare(primary: odd, dr: odd).findings.isEmpty)
    }

    @Test func `deep documents inside texts end`() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        let dr = StackFixture.standby, primary = StackFixture()
        let report = StackParity.compare(
            primary: try primary.stack(primary.changing("aws_iam_role_policy", "web", "policy", to: deep)), dr: try dr.stack(dr.changing("aws_iam_role_policy", "web", "policy", to: deep.replacing("[]", with: "[7]"))))
        #expect(report.findings.count == 1)
    }

    @Test func `nested lists of several end too`() throws {
        let deep = (0..<100).reduce("1") { text, _ in "[\(text),2]" }
        let dr = StackFixture.standby, primary = StackFixture()
        let report = StackParity.compare(
            primary: try primary.stack(primary.changing("aws_iam_role_policy", "web", "policy", to: deep)),
            dr: try dr.stack(dr.changing("aws_iam_role_policy", "web", "policy", to: deep.replacing("1,2", with: "3,4"))))
        #expect(!report.findings.isEmpty)
    }

    @Test func `long lists without order end soon`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        func list(_ shift: Int) -> [String] { (0..<5000).map { "192.168.\(($0 + shift) / 200).\(($0 + shift) % 200)/32" } }
        let report = StackParity.compare(
            primary: try primary.stack(primary.changing("aws_lb", "web", "allowed", to: list(0))), dr: try dr.stack(dr.changing("aws_lb", "web", "allowed", to: Array(list(1).reversed()))))
        #expect(report.findings.count == 1)
    }
}
