/// Writes the result where the user wants it: standard output, or a file that only its owner can read.
struct ResultWriter {
    private let path: String?

    init(_ settings: OutputSettings) { path = settings.outputPath }

    /// Writes a file through a new one beside it, so that the old one stays whole when something goes wrong.
    func write(_ bytes: [UInt8]) throws(FileError) {
        guard let path, path != "-" else { return try StandardOutput.write(bytes) }
        try OwnerOnlyFile(path: path).write(bytes)
    }
}
