internal import StateJSON
public import TerraformState

/// The texts that states mark as sensitive: what must not be shown, wherever it stands.
///
/// States copy secrets into `terraform_data`, user data, outputs and descriptions without marking the copy; who shows
/// texts of a state looks here first.
public struct KnownSecrets: Sendable {
    /// UTF-8 of the texts by their first four bytes: a text is searched for all of them in one pass.
    private let byStart: [UInt32: [[UInt8]]]

    /// Shorter texts (`true`, `admin`) would hide what is no secret.
    private static let shortest = 6
    /// A bound on the work per shown value; more secrets than this are only found where they are marked.
    private static let most = 4_096

    /// Collects sensitive outputs and the values of `sensitive_attributes`.
    public init(of states: [TerraformState]) {
        var found: Set<String> = []
        for state in states {
            for output in state.outputs where output.isSensitive { Self.collect(output.value, into: &found) }
            for instance in state.instances {
                let paths = instance.sensitivePaths
                guard !paths.isEmpty, let attributes = instance.attributes else { continue }
                for path in paths { Self.collect(path.value(in: attributes), into: &found) }
            }
        }
        byStart = Dictionary(grouping: found.map { Array($0.utf8) }) { $0.prefix(4).reduce(0) { $0 << 8 | UInt32($1) } }
    }

    public var isEmpty: Bool { byStart.isEmpty }

    /// Whether the text is, or holds, one of them.
    public func occur(in text: String) -> Bool {
        guard !byStart.isEmpty else { return false }
        var text = text
        return text.withUTF8 { bytes in
            var start: UInt32 = 0
            for (index, byte) in bytes.enumerated() {
                start = start << 8 | UInt32(byte)
                guard index >= 3, let candidates = byStart[start] else { continue }
                if candidates.contains(where: { bytes[(index - 3)...].starts(with: $0) }) { return true }
            }
            return false
        }
    }

    /// Whether a text anywhere in the value is, or holds, one of them.
    func occur(in value: JSONValue) -> Bool {
        !byStart.isEmpty && SensitiveText.anyText(of: value) { occur(in: $0) }
    }

    private static func collect(_ value: JSONValue?, into found: inout Set<String>) {
        guard let value else { return }
        _ = SensitiveText.anyText(of: value) { text in
            if text.utf8.count >= shortest, found.count < most { found.insert(text) }
            return false
        }
    }
}
