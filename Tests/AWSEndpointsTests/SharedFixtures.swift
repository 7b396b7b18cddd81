import Foundation

/// AWS's published cases, which live beside the project and are not part of it.
enum SharedFixtures {
    static let folder = URL(filePath: ProcessInfo.processInfo.environment["TFGUARD_SHARED"] ?? "../shared")
        .appending(path: "fixtures/aws/endpoints")

    static let arePresent = FileManager.default.fileExists(atPath: folder.appending(path: "s3-endpoint-tests-1.json").path)

    static func json(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appending(path: name))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }
}
