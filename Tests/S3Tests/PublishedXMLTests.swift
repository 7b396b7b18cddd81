import Foundation
@testable import S3
import TestSupport
import Testing

/// Replays AWS's published answers (`fixtures/aws/s3-xml`): without the shared data the suite is skipped, and
/// VersionListAnswerTests and SettingTests still hold with snippets of our own.
@Suite(.enabled(if: SharedFixtures.path("fixtures/aws/s3-xml") != nil, "\(SharedFixtures.comment)"))
struct PublishedXMLTests {
    private let folder = SharedFixtures.path("fixtures/aws/s3-xml") ?? ""

    private func json(_ path: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(readFile(path))) }

    /// Every value that the published reading finds is a text of our tree, as often.
    @Test func everyValueOfEveryAnswerIsFound() throws {
        var replayed = 0
        for part in ["responses", "errors"] {
            for file in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").sorted() where file.hasSuffix(".xml") {
                let bytes = try readFile("\(folder)/\(part)/\(file)")
                let expected = leaves(try json("\(folder)/\(part)/\(file.dropLast(4)).json"))
                // A policy is JSON text, not XML.
                guard bytes.first == UInt8(ascii: "<") || file.contains("policy") == false else { continue }
                var found = leaves(try XMLElement.parse(bytes))
                for value in expected where !value.isEmpty && value != "[]" {
                    let place = found.firstIndex { $0 == value || instant($0) != nil && instant($0) == instant(value) }
                    #expect(place != nil, "\(file): \(value)")
                    if let place { found.remove(at: place) }
                }
                replayed += 1
            }
        }
        #expect(replayed >= 10)
    }

    @Test func theVersionListKeepsItsOrder() throws {
        let path = "\(folder)/responses/s3-list-object-versions"
        let answer = try VersionListAnswer(parsing: readFile("\(path).xml"))
        let expected = try #require(try json("\(path).json") as? [String: Any])
        let versions = try #require(expected["Versions"] as? [[String: Any]])
        let markers = try #require(expected["DeleteMarkers"] as? [[String: Any]])
        func texts(_ list: [[String: Any]], _ name: String) -> [String] { list.compactMap { $0[name] as? String } }
        let ours = answer.page.filter { !$0.isDeleteMarker }
        #expect(ours.map(\.key) == texts(versions, "Key"))
        #expect(ours.map(\.versionID) == texts(versions, "VersionId"))
        #expect(ours.map { "\"\($0.etag)\"" } == texts(versions, "ETag"))
        #expect(ours.map(\.size) == versions.compactMap { ($0["Size"] as? NSNumber)?.int64Value })
        #expect(answer.page.filter(\.isDeleteMarker).map(\.versionID) == texts(markers, "VersionId"))
        // Two lists cannot tell what the document does: markers stand between versions.
        #expect(answer.page.map(\.isDeleteMarker) == [false, true, false, true, false])
        #expect(answer.next == nil)
    }

    private func leaves(_ value: Any) -> [String] {
        switch value {
        // `Type` is an attribute in the XML (xsi:type of a grantee), and attributes are not read.
        case let object as [String: Any]: object.filter { !["ResponseMetadata", "Type"].contains($0.key) }.flatMap { leaves($0.value) }
        case let array as [Any]: array.flatMap { leaves($0) }
        case let text as String: [text]
        case let number as NSNumber where CFBooleanLike.isBoolean(number): [number.boolValue ? "true" : "false"]
        case let number as NSNumber: [number.stringValue]
        default: []
        }
    }

    private func leaves(_ element: XMLElement) -> [String] {
        (element.text.isEmpty ? [] : [element.text]) + element.children.flatMap { leaves($0) }
    }

    /// The same time is written with and without fractions.
    private func instant(_ text: String) -> String? {
        text.hasSuffix("Z") && text.contains("T") ? text.replacingOccurrences(of: ".000Z", with: "Z") : nil
    }
}

/// JSONSerialization gives booleans and numbers as NSNumber.
private enum CFBooleanLike {
    static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
