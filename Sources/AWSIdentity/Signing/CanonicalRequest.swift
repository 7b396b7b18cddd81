internal import Cryptography

/// The text that both sides hash (AWS, "Create a signed AWS API request", step 1):
///
///     GET
///     /bucket/a%20b.tfstate
///     versionId=null
///     host:s3.us-east-1.amazonaws.com
///     x-amz-date:20130524T000000Z
///
///     host;x-amz-date
///     e3b0c442…
///
/// Built in bytes, because every GET of a snapshot passes here.
struct CanonicalRequest {
    let bytes: [UInt8]
    /// `host;x-amz-date`
    let signedHeaders: String

    init(
        method: String,
        path: some Collection<UInt8>,
        query: some Collection<UInt8>,
        headers: SignedHeaders,
        payload: PayloadHash,
        style: SigV4Style
    ) {
        signedHeaders = headers.names
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += method.utf8
        bytes.append(newline)
        Self.appendPath(path, style: style, to: &bytes)
        bytes.append(newline)
        Self.appendQuery(query, to: &bytes)
        bytes.append(newline)
        bytes += headers.lines
        bytes.append(newline)
        bytes += signedHeaders.utf8
        bytes.append(newline)
        bytes += payload.text.utf8
        self.bytes = bytes
    }

    var digest: SHA256Digest { SHA256.hash(bytes) }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    private static func appendPath(_ path: some Collection<UInt8>, style: SigV4Style, to output: inout [UInt8]) {
        let path = style.normalizesPath ? normalized(path) : Array(path)
        if style.encodesPathTwice {
            PercentEncoding.appendEncoded(path, keepingSlash: true, to: &output)
        } else {
            PercentEncoding.appendReencoded(path, keepingSlash: true, to: &output)
        }
    }

    /// Removes empty and dot segments as RFC 3986, section 5.2.4, does; a slash at the end stays.
    private static func normalized(_ path: some Collection<UInt8>) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let path = Array(path)
        let endsWithSlash = path.last == slash
        var kept: [ArraySlice<UInt8>] = []
        for segment in path.split(separator: slash) {
            if segment.elementsEqual(".".utf8) { continue }
            if segment.elementsEqual("..".utf8) { _ = kept.popLast() } else { kept.append(segment) }
        }
        var output: [UInt8] = []
        for segment in kept {
            output.append(slash)
            output += segment
        }
        if output.isEmpty || endsWithSlash { output.append(slash) }
        return output
    }

    /// Every name and value encoded afresh, then sorted by encoded name and encoded value, in byte order; a name
    /// without a value is signed with an empty one.
    private static func appendQuery(_ query: some Collection<UInt8>, to output: inout [UInt8]) {
        var parameters: [(name: [UInt8], value: [UInt8])] = []
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            var name: [UInt8] = []
            var value: [UInt8] = []
            if let first = parts.first { PercentEncoding.appendReencoded(first, to: &name) }
            if parts.count > 1 { PercentEncoding.appendReencoded(parts[1], to: &value) }
            parameters.append((name, value))
        }
        parameters.sort {
            $0.name == $1.name
                ? $0.value.lexicographicallyPrecedes($1.value) : $0.name.lexicographicallyPrecedes($1.name)
        }
        for (index, parameter) in parameters.enumerated() {
            if index > 0 { output.append(UInt8(ascii: "&")) }
            output += parameter.name
            output.append(UInt8(ascii: "="))
            output += parameter.value
        }
    }
}

private let newline = UInt8(ascii: "\n")
