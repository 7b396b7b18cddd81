import StateJSON
import TerraformState
import Testing

@Suite struct PieceBoundaryTests {
    func pieces(_ text: String) -> [String] {
        let bytes = StateBytes(text.utf8)
        return pieceBoundaries(of: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// Five resources; `web` has three instances.
    func text(without absent: Set<String> = [], web: [Int] = [0, 1, 2], serial: Int = 1) -> String {
        let resources = ["alpha", "beta", "web", "yak", "zulu"].filter { !absent.contains($0) }.map { name in
            Fixtures.resource(
                name,
                instances: name == "web" ? web.map { Fixtures.instance(id: "web-\($0)", key: "\($0)") } : [Fixtures.instance(id: name)])
        }
        return Fixtures.text(resources: resources, serial: serial)
    }

    @Test func joinedPiecesAreTheFile() {
        for variant in [
            text(), Fixtures.full, Fixtures.full.replacing("\n", with: "\r\n"), text().filter { $0 != "\n" && $0 != " " },
            #" {"resources":[],"version":4,"serial":1} "#,
        ] {
            #expect(pieces(variant).joined() == variant)
            #expect(pieces(variant).allSatisfy { !$0.isEmpty })
        }
    }

    /// A file that says two things of itself is cut by what it is taken for.
    @Test(arguments: [
        #""encrypted_data": "AAAA", "encryption_version": "v0""#, #""ID": "x", "Operation": "OperationTypeApply", "Created": "2026-11-22T00:00:00Z""#,
        #""ID": "x", "Operation": "OperationTypeApply", "Created": "2026-11-22T00:00:00Z", "Who": "w""#,
    ])
    func whatIsTakenForSomethingElseHasNoPieces(members: String) throws {
        let bytes = StateBytes(text().replacing("\"version\": 4,", with: "\"version\": 4, \(members),").utf8)
        #expect(bytes.count > text().utf8.count)
        #expect(StateReading(bytes).state == nil)
        #expect(pieceBoundaries(of: bytes).isEmpty)
        #expect(pieceBoundaries(of: try JSONDocument(parsing: bytes)).isEmpty)
    }

    @Test func eachInstanceEndsAPiece() {
        let all = pieces(text())
        for id in ["alpha", "beta", "web-0", "web-1", "web-2", "yak", "zulu"] {
            #expect(all.filter { $0.contains("\"\(id)\"") && $0.contains("\"attributes\"") }.count == 1)
        }
        #expect(all.filter { $0.contains("\"attributes\"") }.count == 7)
        #expect(all.allSatisfy { !$0.contains("\"attributes\"") || $0.hasSuffix("}") })
    }

    @Test func aNewSerialChangesTheHeadAlone() {
        let before = pieces(text(serial: 1))
        let after = pieces(text(serial: 2))
        #expect(before.count == after.count)
        let changed = zip(before, after).filter { $0 != $1 }
        #expect(changed.count == 1)
        #expect(changed.first?.0.contains("\"serial\"") == true)
        #expect((changed.first?.0.utf8.count ?? 999) < 200)
    }

    @Test(arguments: ["beta", "yak", "zulu"])
    func neighboursThatGoLeaveTheOtherPiecesAlone(name: String) {
        let before = Set(pieces(text()))
        let after = pieces(text(without: [name]))
        #expect(after.filter { !before.contains($0) } == [])
    }

    @Test func aCountThatGrowsOrShrinksLeavesTheOtherPiecesAlone() {
        let three = Set(pieces(text()))
        let four = pieces(text(web: [0, 1, 2, 3]))
        let two = pieces(text(web: [0, 1]))
        #expect(two.filter { !three.contains($0) } == [])
        #expect(four.filter { !three.contains($0) }.count == 1)
    }

    @Test func theFirstOfAResourceOrFilePassesItsHeadOn() {
        let before = Set(pieces(text()))
        #expect(pieces(text(web: [1, 2])).filter { !before.contains($0) }.count == 1)
        #expect(pieces(text(without: ["alpha"])).filter { !before.contains($0) }.count == 1)
    }

    @Test func manyOutputsAreCutOneByOne() {
        let outputs = (0..<100).map { "\"o\($0)\": {\"value\": \"\(String(repeating: "x", count: 60))\($0)\", \"type\": \"string\"}" }
            .joined(separator: ",\n")
        let variant = text().replacing("\"outputs\": {}", with: "\"outputs\": {\(outputs)}")
        #expect(pieces(variant).count >= 100)
        #expect(pieces(variant).joined() == variant)
    }

    @Test(arguments: ["", "{", "null", #"{"version":3,"serial":1}"#, #"{"version":4,"resources":7}"#])
    func whatIsNoVersion4StateHasNoPieces(text: String) {
        #expect(pieces(text).isEmpty)
    }

}
