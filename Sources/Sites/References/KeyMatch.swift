/// Finds the key that a person meant among those there are.
public enum KeyMatch {
    /// The one key that `text` names: whole first, then whole segments at its end, then any end. The file name may be left
    /// out, so that `network` finds `prod/network/terraform.tfstate` and `prod/network.tfstate`.
    ///
    /// Comparison is by bytes: keys that differ only in Unicode normalisation are different keys.
    /// - Throws: ``ReferenceError`` with the candidates when none or several match.
    public static func resolve(_ text: String?, among keys: [String], prefix: String? = nil, site: String, reference: String) throws(ReferenceError) -> String {
        guard !keys.isEmpty else { throw ReferenceError(reference: reference, reason: .noStates(site: site)) }
        guard let text else {
            guard keys.count == 1 else { throw ReferenceError(reference: reference, reason: .keyRequired(candidates: keys)) }
            return keys[0]
        }
        let wanted = Array(text.utf8)
        let prefixed = Array((prefix ?? "").utf8) + wanted
        let bytes = keys.map { Array($0.utf8) }
        if let exact = bytes.firstIndex(of: wanted) ?? bytes.firstIndex(of: prefixed) { return keys[exact] }
        for wholeSegments in [true, false] {
            let matches = bytes.indices.filter { index in
                forms(of: bytes[index]).contains { endsWith(wanted, $0, wholeSegments: wholeSegments) }
            }
            if matches.count == 1 { return keys[matches[0]] }
            if matches.count > 1 { throw ReferenceError(reference: reference, reason: .ambiguousKey(candidates: matches.map { keys[$0] })) }
        }
        let nearest = NearestName.of(text, among: keys).map { [$0] } ?? keys.filter { $0.contains(text) }
        throw ReferenceError(reference: reference, reason: .noSuchKey(nearest: nearest.isEmpty ? Array(keys.prefix(8)) : nearest))
    }

    /// The key, and the key without the parts that people leave out.
    private static func forms(of key: [UInt8]) -> [ArraySlice<UInt8>] {
        var forms = [key[...]]
        for ending in [Array("/terraform.tfstate".utf8), Array(".tfstate".utf8)] where key.count > ending.count && key.suffix(ending.count).elementsEqual(ending) {
            forms.append(key.dropLast(ending.count))
        }
        return forms
    }

    private static func endsWith(_ wanted: [UInt8], _ key: ArraySlice<UInt8>, wholeSegments: Bool) -> Bool {
        guard !wanted.isEmpty, key.count >= wanted.count, key.suffix(wanted.count).elementsEqual(wanted) else { return false }
        guard wholeSegments, key.count > wanted.count else { return true }
        return key[key.index(key.endIndex, offsetBy: -wanted.count - 1)] == UInt8(ascii: "/")
    }
}
