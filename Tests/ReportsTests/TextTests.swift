import Reports
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\nb", "a\\nb"), ("\u{1B}[2J", "\\u{1b}[2J"), ("\u{9B}31m", "\\u{9b}31m"), ("a\u{202E}b", "a\\u{202e}b"),
        ("a\u{200B}b", "a\\u{200b}b"), ("\u{FEFF}x", "\\u{feff}x"), ("a\u{A0}b", "a\\u{a0}b"), ("back\\slash", "back\\slash"),
        ("a\u{E0041}", "a\\u{e0041}"), ("日本", "日本"), ("e\u{301}", "e\u{301}"), ("\r\n", "\\r\\n"), ("x\u{2028}y", "x\\u{2028}y"),
    ])
    func deceptiveTextIsWrittenOut(text: String, shown: String) {
        #expect(VisibleText.escape(text) == shown)
    }

    @Test(arguments: [
        ("::set-output name=x::1", "\\u{3a}:set-output name=x::1"), ("  ::add-mask::x", "  \\u{3a}:add-mask::x"),
        ("a ::b", "a ::b"), ("x ##[error]y", "x \\u{23}#[error]y"), ("##vso[task.x]", "\\u{23}#vso[task.x]"),
        ("##teamcity[x]", "\\u{23}#teamcity[x]"), ("## title", "## title"), ("", ""),
    ])
    func continuousIntegrationCommandsAreDefused(line: String, shown: String) {
        #expect(CommandGuard.neutralise(line) == shown)
    }

    @Test func markupOfOthersIsInert() {
        #expect(HTMLText.escape("<a href=\"x\" on='y'>&") == "&lt;a href=&quot;x&quot; on=&#39;y&#39;&gt;&amp;")
        #expect(MarkdownText.escape("[x](y) <b> @team | #1 *b*") == "\\[x\\](y) &lt;b\\> &#64;team \\| \\#1 \\*b\\*")
        #expect(MarkdownText.escape("--- a - b") == "\\--- a - b")
        #expect(MarkdownText.code("a|b") == "`a|b`")
        #expect(MarkdownText.code("a|b", inTable: true) == "`a\\|b`")
        #expect(MarkdownText.code("a`b``c") == "``` a`b``c ```")
        #expect(XMLText.escape("<\u{1}&\u{FFFE}") == "&lt;\\u{1}&amp;\\u{fffe}")
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "\"'=1+1\""), ("@SUM(A1)", "\"'@SUM(A1)\""),
        ("-5", "-5"), ("-5+cmd", "\"'-5+cmd\""), ("a\nb", "a\\nb"),
    ])
    func spreadsheetsSeeNoFormula(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}x", 2), ("🚀", 2), ("ｶﾅ", 2), ("한글", 4), ("", 0)])
    func widthCountsColumns(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test func shorteningKeepsWithinTheColumns() {
        #expect(DisplayWidth.truncate("terraform.tfstate", columns: 8) == "terrafo…")
        #expect(DisplayWidth.truncate("prod/network/terraform.tfstate", columns: 11, keepingEnd: true) == "prod/…state")
        #expect(DisplayWidth.of(DisplayWidth.truncate("日本日本日本", columns: 6)) <= 6)
        #expect(DisplayWidth.truncate("short", columns: 5) == "short")
        #expect(DisplayWidth.truncate("x1", columns: 0) == "")
    }

    @Test func amountsReadWell() {
        #expect(Quantity.bytes(512) == "512 B")
        #expect(Quantity.bytes(1536) == "1.5 KiB")
        #expect(Quantity.bytes(27 << 20) == "27 MiB")
        #expect(Quantity.bytes(1_048_575) == "1.0 MiB")
        #expect(Quantity.count(1, "state", "states") == "1 state")
        #expect(Quantity.count(123456, "state", "states") == "123 456 states")
        #expect(Quantity.grouped(1234) == "1234")
        #expect(Quantity.duration(.milliseconds(1250)) == "1.2 s")
        #expect(Quantity.duration(.seconds(200)) == "3 min 20 s")
        #expect(Quantity.duration(.seconds(7500)) == "2 h 5 min")
    }
}
