import TestSupport

/// A stand-in for S3 with a bucket of states, and a folder with a configuration for it.
final class Sandbox: Sendable {
    let s3: S3StandIn
    let folder: TemporaryDirectory
    static let bucket = "acme-tfstate"

    /// - Parameter states: for each key the serials of its versions, oldest first.
    init(_ states: [String: [Int]] = ["network/terraform.tfstate": [1, 2, 3], "app/terraform.tfstate": [7]]) throws {
        s3 = try S3StandIn()
        folder = try TemporaryDirectory("sandbox")
        s3.createBucket(Self.bucket)
        for (key, serials) in states.sorted(by: { $0.key < $1.key }) {
            for serial in serials { s3.put(S3StandIn.Body(SampleVault.state(serial: serial)), key: key, bucket: Self.bucket) }
        }
        try configure()
    }

    /// Writes `tfguard.yaml`.
    func configure(bucket: String = Sandbox.bucket, more: String = "") throws {
        try folder.write(
            """
            vault:
              location: ./vault
            sites:
              primary:
                bucket: \(bucket)
                region: us-east-1
                endpoint: \(s3.url)
                use_path_style: true
                max_attempts: 2
            \(more)
            """, to: "tfguard.yaml")
    }

    var environment: [String: String] {
        ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-for-anyone", "TFGUARD_NO_PROGRESS": "1"]
    }

    func run(_ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []) async throws -> ProcessOutcome {
        try await TFGuardBinary.run(arguments, in: folder, environment: self.environment.merging(environment) { $1 }, input: input)
    }
}
