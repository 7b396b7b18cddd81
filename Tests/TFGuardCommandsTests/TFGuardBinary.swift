import Foundation
import TestSupport

/// The binary under test, which the build puts beside the test bundle.
enum TFGuardBinary {
    static let path: String = {
        // …/debug/tfguardPackageTests.xctest is the process's own bundle; tests may also run from swiftpm-testing-helper,
        // whose arguments name the bundle.
        let candidates = CommandLine.arguments + [Bundle.main.executablePath ?? ""]
        for candidate in candidates {
            guard let bundle = candidate.range(of: ".xctest") else { continue }
            let folder = URL(filePath: String(candidate[..<bundle.upperBound])).deletingLastPathComponent()
            let binary = folder.appending(path: "tfguard").path
            if FileManager.default.isExecutableFile(atPath: binary) { return binary }
        }
        return "tfguard-was-not-built"
    }()

    /// Runs tfguard with no environment but what is given.
    static func run(
        _ arguments: String..., in folder: TemporaryDirectory, environment: [String: String] = [:], input: [UInt8] = []
    ) async throws -> ProcessOutcome {
        try await run(arguments, in: folder, environment: environment, input: input)
    }

    static func run(
        _ arguments: [String], in folder: TemporaryDirectory, environment: [String: String] = [:], input: [UInt8] = []
    ) async throws -> ProcessOutcome {
        let basics = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "AWS_EC2_METADATA_DISABLED": "true"]
        return try await runProcess(
            [path] + arguments, environment: basics.merging(environment) { $1 }, input: input, workingDirectory: folder.path)
    }
}

extension ProcessOutcome {
    /// Standard output as one JSON document.
    var document: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(standardOutput)) as? [String: Any] ?? [:] }
    }
}
