import Cryptography
import Findings
import Timestamps

/// Drift as one HTML file for people who decide: summary, findings by component of the DR plan, both values side by side.
///
/// The file needs nothing else and reaches for nothing: its policy admits exactly its own style and script, by hash. No
/// data stands in the script: it works on the elements alone, and without it everything is still there to read.
struct DriftHTML {
    let report: DriftReport
    let time: Timestamp

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(HTMLText.escape(title))</title>
        <style>\(DriftHTMLStyle.text)</style>
        </head>
        <body>
        \(header)
        <main>
        \(problems)\(components)\(controls)\(findings)\(aside)
        </main>
        <footer>\(HTMLText.escape("Made by tfguard drift at \(time.rfc3339). Sensitive values are shown as hashes that hold for this page only."))</footer>
        <script>\(DriftHTMLScript.text)</script>
        </body>
        </html>

        """
    }

    /// Nothing but the page's own style and script; no connection, no form, no frame, no base.
    private static var policy: String {
        func source(_ text: String) -> String { "'sha256-\(Base64.encode(SHA256.hash(Array(text.utf8)).bytes))'" }
        return "default-src 'none'; style-src \(source(DriftHTMLStyle.text)); script-src \(source(DriftHTMLScript.text)); base-uri 'none'; form-action 'none'"
    }

    private var title: String {
        let names = report.pairs.count == 1 ? report.pairs[0].title : Quantity.count(report.pairs.count, "pair of stacks", "pairs of stacks")
        return "Drift: \(names)"
    }

    private var open: [DriftReport.Entry] { report.open }

    private var header: String {
        let cards = Severity.allCases.reversed().map { severity in
            let count = open.count { $0.severity == severity }
            return "<div class=\"card \(severity.rawValue)\(count == 0 ? " none" : "")\"><b>\(Quantity.grouped(count))</b> \(severity.rawValue)</div>"
        }.joined()
        let sides = report.pairs.map { pair in "<li>\(HTMLText.escape(pair.title))\(detail(of: pair))</li>" }.joined()
        return """
            <header>
            <h1>Drift between primary and DR</h1>
            <ul class="pairs">\(sides)</ul>
            <div class="cards">\(cards)</div>
            <p class="verdict \(DriftSummary(report).tone.rawValue)">\(HTMLText.escape(DriftSummary(report).text))</p>
            </header>
            """
    }

    private func detail(of pair: DriftReport.Pair) -> String {
        let serials = [pair.primary, pair.dr].compactMap { $0 }.map { "serial \($0.serial), \(Quantity.count($0.instances, "instance", "instances"))" }
        return " <small>\(HTMLText.escape(serials.joined(separator: " ↔ ")))</small>"
    }

    private var problems: String {
        let boxes = report.problems.map { problem in
            "<div class=\"notice bad\"><b>\(HTMLText.escape(problem.reference))</b>: \(HTMLText.escape(problem.message))"
                + (problem.hint.isEmpty ? "" : "<br>\(HTMLText.escape(problem.hint))") + "</div>"
        } + report.notices.map { notice in
            "<div class=\"notice caution\">\(HTMLText.escape(notice.message.plain))"
                + (notice.hint.isEmpty ? "" : "<br>\(HTMLText.escape(notice.hint))") + "</div>"
        }
        return boxes.joined(separator: "\n")
    }

    /// Components with findings first, by their gravest.
    private var componentTitles: [String] {
        let groups = Dictionary(grouping: open, by: \.componentTitle)
        return groups.sorted { left, right in
            let (one, other) = (left.value.map(\.severity).max() ?? .info, right.value.map(\.severity).max() ?? .info)
            // What is in no component of the plan comes behind what is.
            let isOther = (left.value[0].component == nil, right.value[0].component == nil)
            return one != other ? one > other : isOther.0 != isOther.1 ? isOther.1 : left.key < right.key
        }.map(\.key)
    }

    private var components: String {
        guard !open.isEmpty else { return "" }
        let severities = Array(Severity.allCases.reversed())
        let head = severities.map { "<th class=\"number\">\($0.rawValue)</th>" }.joined()
        let rows = componentTitles.enumerated().map { index, title in
            let cells = severities.map { severity in
                let count = open.count { $0.severity == severity && $0.componentTitle == title }
                return "<td class=\"number\">" + (count == 0 ? "<span class=\"faint\">0</span>" : "<span class=\"badge \(severity.rawValue)\">\(count)</span>") + "</td>"
            }.joined()
            return "<tr><th scope=\"row\"><a href=\"#c\(index)\">\(HTMLText.escape(title))</a></th>\(cells)</tr>"
        }.joined()
        return "<section><h2>The DR plan's components</h2><div class=\"wide\"><table class=\"overview\"><thead><tr><th>Component</th>\(head)</tr></thead><tbody>\(rows)</tbody></table></div></section>\n"
    }

    /// Hidden until the script says that it can serve them.
    private var controls: String {
        guard !open.isEmpty else { return "" }
        let boxes = Severity.allCases.reversed().filter { severity in open.contains { $0.severity == severity } }.map {
            "<label><input type=\"checkbox\" name=\"severity\" value=\"\($0.rawValue)\" checked> \($0.rawValue)</label>"
        }.joined()
        let options = componentTitles.enumerated().map { "<option value=\"\($0)\">\(HTMLText.escape($1))</option>" }.joined()
        return """
            <div id="controls" class="controls" hidden>
            <input type="search" id="search" placeholder="Search addresses, attributes, values" aria-label="Search">
            <select id="component" aria-label="Component"><option value="">All components</option>\(options)</select>
            <span class="boxes">\(boxes)</span>
            <span id="count" role="status"></span>
            </div>

            """
    }

    private var findings: String {
        componentTitles.enumerated().map { index, title in
            let entries = report.pairs.flatMap { pair in pair.findings.filter { !$0.isAccepted && $0.componentTitle == title }.map { (pair, $0) } }
                .sorted { ($1.1.severity, $0.1.address, $0.1.attribute ?? "") < ($0.1.severity, $1.1.address, $1.1.attribute ?? "") }
            return "<section class=\"component\" id=\"c\(index)\" data-component=\"\(index)\"><h2>\(HTMLText.escape(title))</h2>\n"
                + entries.map { DriftHTMLFinding(entry: $1, pair: report.pairs.count > 1 ? $0.title : nil).text }.joined(separator: "\n") + "\n</section>\n"
        }.joined()
    }

    private var aside: String {
        DriftHTMLAside(report: report).text
    }
}
