/// Provider source addresses: `[host/]namespace/type`, or a lone type (Terraform's `addrs.ParseProviderSourceString`).
enum ProviderSource {
    static let defaultHost = "registry.terraform.io"

    static func parse(_ text: String) -> (host: String, namespace: String, type: String)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
        guard (1...3).contains(parts.count), parts.suffix(2).allSatisfy(isPart), let type = parts.last else { return nil }
        // Someone wrote the name of the provider's repository or binary.
        if type.hasPrefix("terraform-") { return nil }
        switch parts.count {
        case 1: return (defaultHost, "hashicorp", type)
        case 2: return (defaultHost, parts[0], type)
        default: return isHost(parts[0]) ? (parts[0], parts[1], type) : nil
        }
    }

    /// Letters of any script, digits and dashes; no dash at the ends, none doubled. `-` alone is the legacy namespace.
    private static func isPart(_ part: String) -> Bool {
        part == "-" || (isLabel(part) && !part.hasPrefix("-") && !part.hasSuffix("-") && part.firstRange(of: "--") == nil)
    }

    private static func isHost(_ host: String) -> Bool {
        let name = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if name.count == 2, UInt16(name[1]) == nil { return false }
        return name[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel(String($0)) }
    }

    private static func isLabel(_ label: String) -> Bool {
        !label.isEmpty
            && label.unicodeScalars.allSatisfy { scalar in
                if scalar.isASCII { return scalar == "-" || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) }
                return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || scalar.properties.generalCategory == .nonspacingMark
            }
    }
}
