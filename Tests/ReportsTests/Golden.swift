import Foundation
import Testing

/// Compares text with a file of `Goldens/`. `TFGUARD_UPDATE_GOLDENS=1 swift test` writes the files instead: read the
/// difference before committing it.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["TFGUARD_UPDATE_GOLDENS"] == "1" {
        try Data(text.utf8).write(to: file)
        return
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "differs from Goldens/\(name)", sourceLocation: sourceLocation)
}
