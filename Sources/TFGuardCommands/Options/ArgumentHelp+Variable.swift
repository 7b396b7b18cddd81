import ArgumentParser

extension ArgumentHelp {
    /// Help that names the flag's environment variable.
    static func variable(_ name: String, _ abstract: String, value: String? = nil) -> ArgumentHelp {
        ArgumentHelp("\(abstract) [$\(name)]", valueName: value)
    }
}
