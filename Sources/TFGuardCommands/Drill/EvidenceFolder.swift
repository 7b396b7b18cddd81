import Cryptography
import Recovery
import Reports
import Timestamps

/// Where evidence is kept: for each drill a JSON document and a Markdown page, each with its signature, and the public key.
struct EvidenceFolder {
    let path: String
    let key: Ed25519Key

    /// Writes the evidence; the report then says where.
    func write(_ report: inout DrillReport) throws {
        try OwnerOnlyFolder(path: path).create()
        let name = "\(path)/drill-\(report.id)"
        let fingerprint = SHA256.hash(key.publicDER).hex
        // Named after the key: evidence of an older key stays checkable.
        let publicKey = "\(path)/public-key-\(fingerprint.prefix(16)).pem"
        report.evidence = DrillReport.Evidence(
            document: "\(name).json", markdown: "\(name).md", publicKey: publicKey, publicKeySHA256: fingerprint,
            checks: ["\(name).json", "\(name).md"].map { "openssl pkeyutl -verify -pubin -inkey \(ShellWord.quoted(publicKey)) -rawin -in \(ShellWord.quoted($0)) -sigfile \(ShellWord.quoted("\($0).sig"))" })
        try OwnerOnlyFile(path: publicKey).write(Array(key.publicPEM.utf8))
        for (format, ending) in [(ReportFormat.json, "json"), (.markdown, "md")] {
            let rendering = Rendering(format: format, layout: TerminalLayout(), page: PageOptions(isDetailed: true), time: .now())
            let bytes = Array(try rendering.text(of: report).utf8)
            try OwnerOnlyFile(path: "\(name).\(ending)").write(bytes)
            try OwnerOnlyFile(path: "\(name).\(ending).sig").write(try key.sign(bytes))
        }
    }
}
