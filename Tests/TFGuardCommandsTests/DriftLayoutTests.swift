import Foundation
import Reports
import TestSupport
import Testing

/// One state that holds both stacks, and states whose names are out to deceive.
@Suite struct DriftLayoutTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    @Test(arguments: [[], ["--split", "providers=default,backup"], ["--split", "names=dr"], ["--split", "regions=us-east-1,us-west-2"]])
    func bothStacksOfOneStateAreCompared(split: [String]) async throws {
        var weak = SampleStack.Side.dr
        weak.backupDays = 0
        try folder.write(SampleStack.both(.primary, weak), to: "both.tfstate")
        let outcome = try await TFGuardBinary.run(["drift", "both.tfstate", "--json"] + split, in: folder)
        #expect(outcome.status == 2, "\(outcome.errors)")
        let pair = try #require((try outcome.document["pairs"] as? [[String: Any]])?.first)
        #expect((pair["split"] as? String)?.isEmpty == false)
        let findings = try #require(pair["findings"] as? [[String: Any]])
        let days = try #require(findings.first { $0["attribute"] as? String == "backup_retention_period" }, "\(findings)")
        #expect(days["primary_address"] as? String == "aws_db_instance.main")
        #expect(days["dr_address"] as? String == "aws_db_instance.dr_main")
    }

    @Test func inStepInOneStateExitsWith0() async throws {
        try folder.write(SampleStack.both(), to: "both.tfstate")
        let outcome = try await TFGuardBinary.run("drift", "both.tfstate", in: folder)
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    /// A bucket's tag and an instance key that ring, turn the line around, start a CI command and close a tag.
    @Test(arguments: ReportFormat.allCases)
    func hostileNamesDeceiveNoReader(format: ReportFormat) async throws {
        let evil = #"::error::\u0007\u202e</td><script>alert(1)</script>\u001b[31m|`x`"#
        func hostile(_ side: SampleStack.Side, days: Int) -> String {
            var side = side
            side.backupDays = days
            return side.text.replacing("\"Name\": \"app-", with: "\"Owner\(evil)\": \"\(evil)\(days)\", \"Name\": \"app-")
                .replacing(#""instances": [{"schema_version": 2"#, with: #""instances": [{"index_key": "\#(evil)", "schema_version": 2"#)
        }
        try folder.write(hostile(.primary, days: 7), to: "primary.tfstate")
        try folder.write(hostile(.dr, days: 0), to: "dr.tfstate")
        for command in [["drift", "primary.tfstate", "dr.tfstate"], ["diff", "primary.tfstate", "dr.tfstate"]] where command[0] == "drift" || ![.sarif, .junit].contains(format) {
            let outcome = try await TFGuardBinary.run(command + ["-v", "-f", format.rawValue], in: folder)
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(outcome.output.contains("error"), "the name is there, made visible")
            for scalar in ["\u{7}", "\u{202E}", "\u{1B}"] as [Unicode.Scalar] { #expect(!outcome.output.unicodeScalars.contains(scalar)) }
            #expect(!outcome.output.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::error") }, "no line is a CI command")
            if format == .html || format == .junit { #expect(!outcome.output.contains("<script>alert")) }
        }
    }
}
