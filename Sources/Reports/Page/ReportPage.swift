public import Findings

/// A report as a person reads it, before any format: blocks from top to bottom and one summary line.
///
/// All text in it is raw. Escaping belongs to the renderers, so that no report can forget it.
public struct ReportPage: Sendable, Hashable {
    public var blocks: [ReportBlock]
    /// The last line: what came out, in one sentence.
    public var summary: Phrase

    public init(_ blocks: [ReportBlock], summary: Phrase) {
        self.blocks = blocks
        self.summary = summary
    }
}

/// One piece of a page.
public enum ReportBlock: Sendable, Hashable {
    case heading(String)
    case paragraph(Phrase)
    case facts([Fact])
    case table(Table)
    /// What happened, line by line.
    case listing([ListingLine])
    /// Something to know or do: a warning, a problem with its hint.
    case notice(Notice)
}

/// A label and its value.
public struct Fact: Sendable, Hashable {
    public var label: String
    public var value: Phrase

    public init(_ label: String, _ value: Phrase) {
        self.label = label
        self.value = value
    }
}

/// A warning or a problem, with what to do about it.
public struct Notice: Sendable, Hashable {
    public var tone: Tone
    public var message: Phrase
    public var hint: String

    public init(_ tone: Tone, _ message: Phrase, hint: String = "") {
        self.tone = tone
        self.message = message
        self.hint = hint
    }

    /// A finding outside a table.
    public init(_ finding: Finding) {
        self.init(
            finding.severity >= .high ? .bad : finding.severity >= .low ? .caution : .plain,
            Phrase([.verbatim(finding.subject), .words(": \(finding.message)")]), hint: finding.remedy ?? "")
    }

    /// A problem as a reader sees it: what it is about, what happened, what to do.
    public init(_ problem: Problem) {
        self.init(.bad, Phrase([.verbatim(problem.reference), .words(": \(problem.message)")]), hint: problem.hint)
    }
}

extension Notice {
    /// A notice in a JSON document.
    var object: JSONObject {
        let level = tone == .bad ? "error" : tone == .caution ? "warning" : "note"
        return ["level": .string(level), "message": .string(message.plain), "hint": .string(hint)]
    }
}
