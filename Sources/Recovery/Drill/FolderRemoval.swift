internal import Foundation

/// Removes a folder and all that is in it; links are removed, never followed.
struct FolderRemoval {
    private let path: String

    init(_ path: String) { self.path = path }

    /// - Returns: what is left, and why.
    func remove() -> [String] {
        do {
            try FileManager.default.removeItem(atPath: path)
            return []
        } catch {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            return ["\(path): \(error.localizedDescription)"]
        }
    }
}
