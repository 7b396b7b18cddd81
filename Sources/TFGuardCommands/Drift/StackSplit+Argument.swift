import ArgumentParser
import StackParity

/// The value of `--split`.
struct SplitArgument: ExpressibleByArgument, Sendable {
    let criterion: StackSplit.Criterion

    static let forms = "providers=PRIMARY,DR (aliases; default for the one without), modules=PRIMARY,DR, regions=PRIMARY,DR or names=TOKEN"

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        let values = argument[argument.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        func alias(_ text: String) -> String { text == "default" ? "" : text }
        switch (argument[..<equals], values.count) {
        case ("providers", 2): criterion = .providers(primary: alias(values[0]), dr: alias(values[1]))
        case ("modules", 2): criterion = .modules(primary: Self.module(values[0]), dr: Self.module(values[1]))
        case ("regions", 2) where !values[0].isEmpty && !values[1].isEmpty: criterion = .regions(primary: values[0], dr: values[1])
        case ("names", 1) where !values[0].isEmpty: criterion = .names(drToken: values[0])
        default: return nil
        }
    }

    private static func module(_ text: String) -> String { text.hasPrefix("module.") ? text : "module.\(text)" }
}
