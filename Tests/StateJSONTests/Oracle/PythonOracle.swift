import Foundation

/// Python's json module as a judge, in one process for all documents.
enum PythonOracle {
    static let executable = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }.first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static var isPresent: Bool { executable != nil }

    private static let script = """
        import sys, struct, json
        from decimal import Decimal
        sys.setrecursionlimit(100000)
        data = sys.stdin.buffer.read(); at = 0
        def number(text):
            # Decimal stops at exponents of 18 digits; canonical text leaves such numbers as they are written.
            try: return Decimal(text)
            except ArithmeticError: return ("beyond", text)
        def load(raw): return json.loads(raw.decode("utf-8"), parse_float=number, parse_int=Decimal)
        def mend(v):
            # A lone surrogate means U+FFFD to us, as it does to Go.
            if isinstance(v, str): return "".join("\\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in v)
            if isinstance(v, list): return [mend(x) for x in v]
            if isinstance(v, dict): return {mend(k): mend(x) for k, x in v.items()}
            return v
        while at < len(data):
            size, = struct.unpack_from("<i", data, at); raw = data[at+4:at+4+size]; at += 4 + size
            size, = struct.unpack_from("<i", data, at); at += 4
            canonical = None
            if size >= 0: canonical = data[at:at+size]; at += size
            try: value = load(raw)
            except (ValueError, UnicodeDecodeError, RecursionError): print("rejected"); continue
            if canonical is None: print("accepted"); continue
            same = mend(value) == load(canonical) and type(value) == type(load(canonical))
            print("equal" if same else "different")
        """

    /// For each document: `rejected`, `accepted` (without our canonical text), `equal` or `different`.
    static func judge(_ pairs: [(document: [UInt8], canonical: [UInt8]?)]) throws -> [String] {
        var input = Data()
        func append(_ size: Int) { withUnsafeBytes(of: Int32(size).littleEndian) { input.append(contentsOf: $0) } }
        for pair in pairs {
            append(pair.document.count)
            input.append(contentsOf: pair.document)
            append(pair.canonical?.count ?? -1)
            if let canonical = pair.canonical { input.append(contentsOf: canonical) }
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("python-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("documents")
        try input.write(to: file)
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: executable ?? "")
        process.arguments = ["-c", script]
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
