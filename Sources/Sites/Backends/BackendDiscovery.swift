internal import Foundation

/// Finds the S3 backend of a Terraform folder for `tfguard init`.
public enum BackendDiscovery {
    /// Reads Terraform's cache (`.terraform/terraform.tfstate`, or below `TF_DATA_DIR`), which holds what `terraform init`
    /// really used; else the `backend "s3"` block of the folder's `*.tf`, `*.tofu` and `*.tf.json` files. Never runs
    /// Terraform, never copies credentials.
    /// - Throws: ``BackendDiscoveryError``.
    public static func find(in folder: String, environment: [String: String] = [:], siteName: String = "primary") throws(BackendDiscoveryError) -> DetectedBackend {
        if let cached = try findCached(in: folder, environment: environment, siteName: siteName) { return cached }
        var found: BackendBlock?
        var damaged: (file: String, error: HCLSyntaxError)?
        for file in configurationFiles(in: folder) {
            guard let text = try? LocalFile.readText("\(folder)/\(file)", limit: fileLimit) else { continue }
            do {
                // Override files come last and win, as in Terraform.
                if let block = try BackendBlock.find(in: text, file: file) { found = block }
            } catch {
                if damaged == nil { damaged = (file, error) }
            }
        }
        guard let found else {
            if let damaged { throw .unreadable(file: damaged.file, line: damaged.error.line, reason: damaged.error.reason) }
            throw .none(folder: folder)
        }
        let source = DetectedBackend.Source(file: found.file, line: found.line)
        guard found.type == "s3" else { throw .otherBackend(type: found.type, source: source) }
        guard let backend = DetectedBackend(settings: found.settings, source: source, siteName: siteName) else { throw .noBucket(source: source) }
        return backend
    }

    private static func findCached(in folder: String, environment: [String: String], siteName: String) throws(BackendDiscoveryError) -> DetectedBackend? {
        let data = environment["TF_DATA_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? ".terraform"
        let path = PathResolution(folder: folder, home: nil).resolve(data) + "/terraform.tfstate"
        guard let bytes = try? LocalFile.read(path, limit: fileLimit), let (type, settings) = BackendCache.read(bytes) else { return nil }
        let source = DetectedBackend.Source(file: "\(data)/terraform.tfstate", line: nil)
        guard type == "s3" else { throw .otherBackend(type: type, source: source) }
        return DetectedBackend(settings: settings, source: source, siteName: siteName)
    }

    /// In the order in which later ones win. A `.tofu` file replaces the `.tf` file of the same name, as in OpenTofu.
    static func configurationFiles(in folder: String) -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { name in
            !name.hasPrefix(".") && [".tf", ".tofu", ".tf.json", ".tofu.json"].contains(where: name.hasSuffix)
        }
        let present = Set(names)
        let effective = names.filter { name in
            if name.hasSuffix(".tf") { return !present.contains(name.dropLast(3) + ".tofu") }
            if name.hasSuffix(".tf.json") { return !present.contains(name.dropLast(8) + ".tofu.json") }
            return true
        }
        func isOverride(_ name: String) -> Bool {
            let stem = name.prefix { $0 != "." }
            return stem == "override" || stem.hasSuffix("_override")
        }
        return effective.filter { !isOverride($0) }.sorted() + effective.filter(isOverride).sorted()
    }

    private static let fileLimit = 8 << 20
}
