import ArgumentParser

/// The values of `--progress`.
enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, plain, json, none

    func style(isTerminal: Bool) -> ProgressDisplay.Style {
        switch self {
        case .auto: isTerminal ? .line : .plain
        case .plain: .plain
        case .json: .json
        case .none: .none
        }
    }
}
