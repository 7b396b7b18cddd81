import Glibc

/// Test data of others that is not part of this repository: `$TFGUARD_SHARED`, or `../shared` beside the package.
///
/// Tests that need it are `.enabled(if: SharedFixtures.isPresent, SharedFixtures.comment)`.
public enum SharedFixtures {
    /// The folder, nil when there is none.
    public static let root: String? = {
        let named = getenv("TFGUARD_SHARED").map { String(cString: $0) }
        let candidates = named.map { [$0] } ?? [packageRoot + "/../shared"]
        return candidates.first { access($0 + "/fixtures", R_OK) == 0 || access($0 + "/corpus", R_OK) == 0 }
    }()

    public static var isPresent: Bool { root != nil }

    /// What a skipped test says.
    public static let comment = "needs the shared test data: set TFGUARD_SHARED to its folder"

    /// The path of a file or folder of the shared data, for example `fixtures/aws/sigv4`; nil when it is not there.
    public static func path(_ relative: String) -> String? {
        root.map { "\($0)/\(relative)" }.flatMap { access($0, R_OK) == 0 ? $0 : nil }
    }

    /// The folder that holds Package.swift.
    public static let packageRoot: String = {
        let file = #filePath
        return file.range(of: "/Sources/TestSupport/").map { String(file[..<$0]) } ?? "."
    }()
}

extension String {
    /// The place of the first occurrence of `other`.
    fileprivate func range(of other: String) -> Index? {
        indices.first { self[$0...].hasPrefix(other) }
    }
}
