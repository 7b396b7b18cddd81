import ArgumentParser

/// A command whose help ends with exit statuses and examples.
protocol HelpfulCommand: ParsableCommand {
    static var epilogue: HelpEpilogue { get }
}
