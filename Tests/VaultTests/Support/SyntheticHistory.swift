import Cryptography
import StateJSON
import Timestamps
import Vault

/// A generator that makes the same numbers from the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var seed: UInt64

    init(_ seed: UInt64) {
        self.seed = seed
    }

    mutating func next() -> UInt64 {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var word = seed
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// The history of one state as S3 would list it: each version changes, adds or removes a few instances.
struct SyntheticHistory {
    struct Version {
        var listed: ListedVersion
        var bytes: [UInt8]
    }

    /// Oldest first.
    private(set) var versions: [Version] = []
    private var generator: SeededGenerator
    private var instances: [[UInt64]]
    private let seed: UInt64

    init(seed: UInt64, instances count: Int) {
        self.seed = seed
        var generator = SeededGenerator(seed)
        instances = (0..<count).map { _ in (0..<6).map { _ in generator.next() } }
        self.generator = generator
    }

    mutating func advance(by count: Int) {
        for _ in 0..<count {
            for _ in 0..<Int.random(in: 0...3, using: &generator) where !instances.isEmpty {
                instances[Int.random(in: 0..<instances.count, using: &generator)][0] = generator.next()
            }
            if Int.random(in: 0..<4, using: &generator) == 0 { instances.insert((0..<6).map { _ in generator.next() }, at: Int.random(in: 0...instances.count, using: &generator)) }
            if Int.random(in: 0..<5, using: &generator) == 0, instances.count > 1 { instances.remove(at: Int.random(in: 0..<instances.count, using: &generator)) }
            append(Array(text.utf8))
        }
    }

    /// A version of any bytes at all.
    mutating func append(_ bytes: [UInt8]) {
        for index in versions.indices { versions[index].listed.isLatest = false }
        let number = versions.count + 1
        versions.append(
            Version(
                listed: ListedVersion(
                    versionID: "v\(seed)-\(number)", isLatest: true, isDeleteMarker: false, lastModified: Timestamp(seconds: 1_700_000_000 + Int64(number)),
                    etag: SHA256.hash(bytes).hex.prefix(32).description, size: Int64(bytes.count), storageClass: "STANDARD"),
                bytes: bytes))
    }

    mutating func appendDeleteMarker() {
        append([])
        versions[versions.count - 1].listed.isDeleteMarker = true
        versions[versions.count - 1].listed.etag = ""
        versions[versions.count - 1].listed.storageClass = nil
    }

    /// What the world does to a state between two runs: ordinary changes, other bytes altogether, deletions.
    mutating func disturb(using random: inout SeededGenerator) {
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            switch Int.random(in: 0..<12, using: &random) {
            case 0: append((0..<Int.random(in: 0...60_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
            case 1: append([])
            case 2: if !versions.isEmpty { appendDeleteMarker() }
            case 3:
                if var bytes = versions.last?.bytes, !bytes.isEmpty {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= 0x55
                    append(bytes)
                }
            case 4: if let bytes = versions.last?.bytes { append(Array(bytes.prefix(bytes.count / 2))) }
            case 5: if let bytes = versions.randomElement(using: &random)?.bytes { append(bytes) }
            default: advance(by: Int.random(in: 1...12, using: &random))
            }
        }
    }

    /// Newest first.
    var listing: [ListedVersion] { versions.reversed().map(\.listed) }

    private var text: String {
        var text = "{\n  \"version\": 4,\n  \"terraform_version\": \"1.11.4\",\n  \"serial\": \(versions.count + 1),\n  \"lineage\": \"\(seed)\",\n  \"outputs\": {},\n  \"resources\": ["
        for (index, words) in instances.enumerated() {
            text += index == 0 ? "\n" : ",\n"
            text += """
                    {
                      "mode": "managed",
                      "type": "aws_instance",
                      "name": "web_\(words[1] % 1000)_\(index == 0 ? 0 : words[2] % 100_000)",
                      "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
                      "instances": [
                        {
                          "schema_version": 1,
                          "attributes": {
                            "ami": "ami-\(String(words[3], radix: 16))",
                            "arn": "arn:aws:ec2:us-east-1:123456789012:instance/i-\(String(words[4], radix: 16))",
                            "instance_type": "t3.\(words[0] % 7)",
                            "id": "i-\(String(words[4], radix: 16))",
                            "private_ip": "10.0.\(words[5] % 256).\(words[5] / 256 % 256)",
                            "user_data": "\(String(words[0], radix: 16))",
                            "tags": { "Name": "web-\(words[1] % 1000)", "Environment": "production" }
                          },
                          "sensitive_attributes": [],
                          "private": "bnVsbA=="
                        }
                      ]
                    }
                """
        }
        return text + "\n  ],\n  \"check_results\": null\n}\n"
    }
}
