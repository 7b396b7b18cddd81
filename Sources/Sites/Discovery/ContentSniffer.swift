/// Tells from the first kilobyte of an object whether it can be a Terraform state.
///
/// The whole need not parse: a state that was cut off, or is invalid further on, is still somebody's state.
public enum ContentSniffer {
    /// How many bytes are worth asking for.
    public static let headLength = 1_024

    public enum Verdict: Sendable, Hashable {
        case state
        case ignored(IgnoredReason)
    }

    public static func judge(_ head: some Collection<UInt8>) -> Verdict {
        // Saved plans are zip files: https://developer.hashicorp.com/terraform/cli/commands/plan.
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .ignored(.plan) }
        let keys = topLevelKeys(head)
        func has(_ names: String...) -> Bool { names.allSatisfy(keys.contains) }
        if has("encryption_version") || has("encrypted_data", "meta") { return .state }
        if has("format_version") {
            if keys.contains("resource_changes") || keys.contains("planned_values") || keys.contains("variables") { return .ignored(.plan) }
            return .ignored(.showJSON)
        }
        if has("ID", "Operation") || has("ID", "Who") { return .ignored(.lockInfo) }
        if keys.contains("backend") || keys.contains("state_store") || keys.contains("remote") {
            return has("version") ? .ignored(.backendCache) : .ignored(.otherContent)
        }
        // The keys of all versions of the format; hand-sorted files may have `outputs` fill the head before `serial` comes.
        if has("lineage"), keys.contains("serial") || keys.contains("version") || keys.contains("terraform_version") || keys.contains("outputs") || keys.contains("check_results") {
            return .state
        }
        if has("serial"), keys.contains("version") || keys.contains("modules") || keys.contains("resources") { return .state }
        if has("version", "terraform_version"), keys.contains("resources") || keys.contains("outputs") || keys.contains("modules") { return .state }
        return .ignored(.otherContent)
    }

    /// The keys of the outermost object, as far as the bytes go. Go matches keys without regard to case, and so does this:
    /// keys come back as Terraform writes them when they differ from it by case alone.
    static func topLevelKeys(_ head: some Collection<UInt8>) -> Set<String> {
        var bytes = Array(head.prefix(headLength))[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard bytes.first == UInt8(ascii: "{") else { return [] }
        var keys: Set<String> = []
        var depth = 0
        var expectsKey = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                expectsKey = depth == 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return keys }
            case UInt8(ascii: ","): expectsKey = depth == 1
            case UInt8(ascii: "\""):
                let start = index + 1
                index = start
                while index < bytes.endIndex, bytes[index] != UInt8(ascii: "\"") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
                guard index < bytes.endIndex else { return keys }
                if expectsKey { keys.insert(canonical(String(decoding: bytes[start..<index], as: UTF8.self))) }
                expectsKey = false
            default: break
            }
            index += 1
        }
        return keys
    }

    private static func canonical(_ key: String) -> String {
        let known = ["version", "serial", "lineage", "terraform_version", "resources", "outputs", "modules", "check_results"]
        return known.contains(key.lowercased()) ? key.lowercased() : key
    }
}
