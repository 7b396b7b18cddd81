import Findings
import Foundation
import Testing

@Suite struct FindingTests {
    @Test func severitiesAreOrderedFromInfoToCritical() {
        #expect(Severity.allCases.shuffled().sorted() == [.info, .low, .medium, .high, .critical])
    }

    @Test func jsonNamesAreTheContract() throws {
        let finding = Finding(ruleID: "versioning.suspended", severity: .high, subject: "acme", message: "suspended")
        let object = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(finding)) as? [String: String])
        #expect(object == ["rule_id": "versioning.suspended", "severity": "high", "subject": "acme", "message": "suspended"])
        #expect(try JSONDecoder().decode(Finding.self, from: JSONEncoder().encode(finding)) == finding)
    }
}
