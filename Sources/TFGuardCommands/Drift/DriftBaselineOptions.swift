import ArgumentParser
import Reports

/// Which findings are accepted already.
struct DriftBaselineOptions: ParsableArguments, Sendable {
    @Option(help: .variable("TFGUARD_BASELINE", "Accept the findings of this file: only new ones count.", value: "file"))
    var baseline: String?

    @Option(name: .customLong("write-baseline"), help: .variable("TFGUARD_WRITE_BASELINE", "Accept all findings of this run: write their ids (no values) to a file.", value: "file"))
    var writeBaseline: String?

    func baseline(_ environment: EnvironmentVariables) throws(Complaint) -> DriftBaseline? {
        guard let path = baseline ?? environment["TFGUARD_BASELINE"] else { return nil }
        return try DriftBaseline(file: path)
    }

    /// Marks the findings that are accepted, and writes the new baseline when one is asked for.
    func apply(_ baseline: DriftBaseline?, to report: inout DriftReport, _ environment: EnvironmentVariables) throws {
        let path = writeBaseline ?? environment["TFGUARD_WRITE_BASELINE"]
        if let path { try OwnerOnlyFile(path: path).write(Array(DriftBaseline.document(of: report.pairs).utf8)) }
        guard baseline != nil || path != nil else { return }
        let present = Set(report.pairs.flatMap(\.findings).map(\.id))
        let known = path == nil ? baseline?.ids ?? [] : present
        for pair in report.pairs.indices {
            for index in report.pairs[pair].findings.indices {
                report.pairs[pair].findings[index].isAccepted = known.contains(report.pairs[pair].findings[index].id)
            }
        }
        report.baseline = .init(gone: (baseline?.ids ?? []).subtracting(present).sorted())
    }
}
