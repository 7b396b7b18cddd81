import AWSIdentity
import AWSServices
import Cryptography
import DynamoDB
import Foundation
import HTTPTransport
import S3
import TestSupport
import Timestamps

/// A real Terraform, two real regions with real replication, and tfguard beside them.
final class FailoverWorld {
    /// How the regions are made, and how Terraform locks in them.
    enum Setup: String, Sendable, CaseIterable {
        /// Two SeaweedFS clusters with filer.sync, by samples/sandbox.sh; lock files.
        case seaweedfs
        /// Two buckets of ministack with its bucket replication; lock tables with digests.
        case ministack

        static func available() async -> [Setup] {
            guard TerraformWorld.terraform != nil else {
                FileHandle.standardError.write(Data("tests of failover are SKIPPED: there is no terraform on PATH\n".utf8))
                return []
            }
            var setups: [Setup] = []
            if await SharedServers.isAvailable(.seaweedfs) { setups.append(.seaweedfs) }
            if await SharedServers.isAvailable(.ministack) { setups.append(.ministack) }
            return setups
        }
    }

    /// One of the regions.
    struct Region {
        var endpoint: String
        var bucketName: String
        var bucket: S3Bucket
    }

    static let key = "net/terraform.tfstate"

    let setup: Setup
    let folder: TemporaryDirectory
    private(set) var primary: Region
    private(set) var dr: Region
    let dynamoDB: DynamoDBClient
    private let keys: AWSCredentials
    private let http: CurlClient
    /// `seaweedfs` alone.
    private let regions: ReplicatedRegions?

    /// A world in which Terraform has applied three times on the primary side, serials 1 to 3, and all of it has arrived.
    init(_ setup: Setup) async throws {
        self.setup = setup
        folder = try TemporaryDirectory("failover")
        http = try CurlClient()
        var endpoints: (String, String)
        if setup == .seaweedfs {
            let both = try await ReplicatedRegions()
            (regions, endpoints) = (both, (both.endpoint(.primary), both.endpoint(.dr)))
            keys = AWSCredentials(accessKeyID: ReplicatedRegions.accessKeyID, secretAccessKey: ReplicatedRegions.secretAccessKey)
        } else {
            let server = try await SharedServers.shared.server(.ministack)
            (regions, endpoints) = (nil, (server.endpoint, server.endpoint))
            keys = AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)
        }
        dynamoDB = DynamoDBClient(ServiceConfiguration(region: "us-east-1", endpoint: endpoints.0), credentials: StaticCredentials(keys), http: http)
        (primary, dr) = Self.regions(endpoints, setup, keys, http)
        for attempt in 1... {
            do {
                try await makeBuckets()
                try configure()
                try await terraform("init", "-reconfigure")
                for count in 6...8 {
                    try await terraform("apply", "-auto-approve", "-var", "n=\(count)")
                    try await arrival()
                }
                return
            } catch where attempt < 3 && setup == .seaweedfs {
                // What filer.sync has not brought however often it was started again, it may bring of another bucket.
                (primary, dr) = Self.regions(endpoints, setup, keys, http)
            }
        }
    }

    private static func regions(_ endpoints: (String, String), _ setup: Setup, _ keys: AWSCredentials, _ http: CurlClient) -> (Region, Region) {
        let name = uniqueBucketName("failover")
        func region(_ endpoint: String, _ name: String) -> Region {
            let client = S3Client(S3Configuration(region: "us-east-1", endpoint: endpoint), credentials: StaticCredentials(keys), http: http)
            return Region(endpoint: endpoint, bucketName: name, bucket: client.bucket(name))
        }
        // filer.sync carries a bucket over under its own name.
        return (region(endpoints.0, name), region(endpoints.1, setup == .seaweedfs ? name : name + "-dr"))
    }

    deinit { http.shutdown() }

    private func makeBuckets() async throws {
        for region in setup == .seaweedfs ? [primary] : [primary, dr] {
            try await send("PUT", region, "/\(region.bucketName)", "")
            try await send("PUT", region, "/\(region.bucketName)?versioning=", #"<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>"#)
        }
        guard setup == .ministack else {
            // The bucket has to be there before the first state is.
            _ = try await primary.bucket.putObject(key: "README", Array("states".utf8))
            try await arrival(of: "README")
            return
        }
        try await setReplication(true)
        for table in [primary.bucketName, dr.bucketName] {
            try await send(
                "POST", primary, "/",
                #"{"TableName":"\#(table)","KeySchema":[{"AttributeName":"LockID","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"LockID","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"#,
                service: "dynamodb", headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.CreateTable")])
        }
    }

    /// Switches replication on or off, as an operator does.
    func setReplication(_ isOn: Bool) async throws {
        if let regions { return try await regions.run("replication", isOn ? "on" : "off") }
        let rule = """
            <ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role><Rule><ID>all</ID><Priority>1</Priority><Filter><Prefix></Prefix></Filter><Status>\(isOn ? "Enabled" : "Disabled")</Status>\
            <DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::\(dr.bucketName)</Bucket></Destination></Rule></ReplicationConfiguration>
            """
        try await send("PUT", primary, "/\(primary.bucketName)?replication=", rule)
    }

    /// The primary region goes down; replication is switched off. Where it cannot go down, tfguard no longer finds it.
    func fail() async throws {
        try await setReplication(false)
        if let regions { return try await regions.run("fail") }
        try configure(primaryEndpoint: "http://127.0.0.1:9")
    }

    /// It comes back with what it had.
    func comeBack() async throws {
        if let regions { return try await regions.run("return") }
        try configure()
    }

    private func configure(primaryEndpoint: String? = nil) throws {
        try writeCode(endpoint: primary.endpoint)
        func site(_ name: String, _ region: Region, _ endpoint: String) -> String {
            let lock = setup == .seaweedfs ? "use_lockfile: true" : "use_lockfile: false, dynamodb_table: \(region.bucketName)"
            let endpoints = setup == .seaweedfs ? "s3: \"\(endpoint)\"" : "s3: \"\(endpoint)\", dynamodb: \"\(endpoint)\""
            return "  \(name): { bucket: \(region.bucketName), region: us-east-1, endpoints: { \(endpoints) }, use_path_style: true, max_attempts: 2, lock: { \(lock) } }\n"
        }
        try folder.write(
            "vault: { location: ./vault }\nsites:\n\(site("primary", primary, primaryEndpoint ?? primary.endpoint))\(site("dr", dr, dr.endpoint))replication: [ { from: primary, to: dr } ]\n",
            to: "tfguard.yaml")
    }

    private func writeCode(endpoint: String) throws {
        try folder.write(
            """
            terraform {
              backend "s3" {
                bucket = "\(primary.bucketName)"
                key = "\(Self.key)"
                region = "us-east-1"
                endpoints = { s3 = "\(endpoint)", dynamodb = "\(endpoint)" }
                use_path_style = true
                skip_credentials_validation = true
                skip_requesting_account_id = true
                skip_metadata_api_check = true
                skip_region_validation = true
                \(setup == .seaweedfs ? "use_lockfile = true" : "dynamodb_table = \"\(primary.bucketName)\"")
              }
            }
            variable "n" { default = 8 }
            resource "terraform_data" "r" {
              count = var.n
              input = "v${count.index}"
            }
            """, to: "main.tf")
    }

    /// Waits until the DR side has what the primary side has of a key and of its lock.
    func arrival(of key: String = FailoverWorld.key) async throws {
        guard let regions else { return try await copy(of: key) }
        guard try await regions.replicates(until: { try await self.isInStep(key) }) else {
            throw UnexpectedEnding(command: "replication", text: "\(key) did not arrive on the DR side")
        }
    }

    /// ministack gives its replicas version ids of their own.
    private func copy(of key: String) async throws {
        let wanted = try await primary.bucket.getObject(key: key).sha256
        for _ in 0..<600 {
            if await (try? dr.bucket.getObject(key: key))?.sha256 == wanted { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw UnexpectedEnding(command: "replication", text: "\(key) did not arrive on the DR side")
    }

    /// Whether the DR side has every version of the key, current the same one, and every lock and its release.
    private func isInStep(_ key: String) async throws -> Bool {
        func versions(_ region: Region) async throws -> [S3ObjectVersion] {
            var found: [S3ObjectVersion] = []
            for try await page in region.bucket.objectVersions(prefix: key) { found += page.filter { $0.key == key || $0.key == key + ".tflock" } }
            return found
        }
        let here = try await versions(primary)
        let there = try await versions(dr)
        func current(_ key: String, _ versions: [S3ObjectVersion]) -> S3ObjectVersion? { versions.first { $0.key == key && $0.isLatest } }
        guard let newest = current(key, here), current(key, there)?.versionID == newest.versionID else { return false }
        let isLocked = [here, there].map { current(key + ".tflock", $0)?.isDeleteMarker == false }
        let sides = [primary, dr]
        var contents: [SHA256Digest] = []
        for side in sides { contents.append(try await side.bucket.getObject(key: key).sha256) }
        return Set(here.map(\.versionID)).isSubset(of: there.map(\.versionID)) && isLocked[0] == isLocked[1] && contents[0] == contents[1]
    }

    private func send(_ method: String, _ region: Region, _ target: String, _ text: String, service: String = "s3", headers: [(String, String)] = []) async throws {
        let body = Array(text.utf8)
        var request = HTTPRequest(method: method, url: region.endpoint + target, body: body.isEmpty ? .none : .bytes(body))
        for (name, value) in headers { request.headers[name] = value }
        if target.hasSuffix("?replication=") { request.headers["Content-MD5"] = Base64.encode(MD5.hash(body)) }
        try SigV4Signer.sign(
            &request, credentials: keys, region: "us-east-1", service: service, time: .now(), payload: body.isEmpty ? .empty : PayloadHash(of: body),
            style: service == "s3" ? .s3 : .standard)
        let response = try await http.send(request)
        guard (200..<300).contains(response.status) else { throw UnexpectedEnding(command: "\(method) \(target)", text: String(decoding: response.body, as: UTF8.self)) }
    }

    private var environment: [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "AWS_ACCESS_KEY_ID": keys.accessKeyID, "AWS_SECRET_ACCESS_KEY": keys.secretAccessKey,
            "AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1", "TFGUARD_NO_PROGRESS": "1", "TF_IN_AUTOMATION": "1", "TF_CLI_CONFIG_FILE": "/dev/null",
        ]
    }

    func tfguard(_ arguments: String..., environment more: [String: String] = [:]) async throws -> ProcessOutcome {
        try await TFGuardBinary.run(arguments, in: folder, environment: environment.merging(more) { $1 })
    }

    /// Runs Terraform, which must succeed. One that was refused by a lock of its own, as happens on a busy server, tries again.
    @discardableResult func terraform(_ arguments: String...) async throws -> ProcessOutcome {
        var outcome = try await terraformOutcome(arguments)
        for _ in 0..<2 {
            guard outcome.status != 0, outcome.errors.contains("Error acquiring the state lock"), outcome.errors.contains("OperationType"),
                let id = outcome.errors.firstMatch(of: /ID: {2,}([0-9a-f-]{36})/)?.1
            else { break }
            _ = try await runProcess([TerraformWorld.terraform ?? "terraform", "force-unlock", "-force", String(id)], environment: environment, workingDirectory: folder.path)
            outcome = try await terraformOutcome(arguments)
        }
        guard outcome.status == 0 else { throw UnexpectedEnding(command: "terraform \(arguments)", text: outcome.output + outcome.errors) }
        return outcome
    }

    func terraformOutcome(_ arguments: [String]) async throws -> ProcessOutcome {
        try await runProcess([TerraformWorld.terraform ?? "terraform", arguments[0], "-no-color"] + arguments.dropFirst(), environment: environment, workingDirectory: folder.path)
    }

    /// Switches the root over with exactly the command that a report of tfguard names.
    func switchBackend(as report: ProcessOutcome) async throws {
        let files = try report.document["backend_files"] as? [[String: Any]]
        guard let command = files?.first?["init"] as? String else { throw UnexpectedEnding(command: "tfguard", text: report.output + report.errors) }
        let outcome = try await runProcess(["/bin/sh", "-c", command], environment: environment, workingDirectory: folder.path)
        guard outcome.status == 0 else { throw UnexpectedEnding(command: command, text: outcome.output + outcome.errors) }
    }

    /// Whether a plan with its lock says that nothing would change.
    func planSaysNoChanges(_ count: Int) async throws -> Bool {
        try await terraform("plan", "-var", "n=\(count)").output.contains("No changes.")
    }

    /// The serial that Terraform sees.
    func serial() async throws -> Int? {
        let outcome = try await runProcess([TerraformWorld.terraform ?? "terraform", "state", "pull"], environment: environment, workingDirectory: folder.path)
        return outcome.output.firstMatch(of: /"serial": ([0-9]+)/).flatMap { Int($0.1) }
    }

    func digest(_ region: Region) async throws -> String? {
        guard setup == .ministack else { return nil }
        return try await dynamoDB.item(["LockID": .string("\(region.bucketName)/\(Self.key)-md5")], in: region.bucketName)?["Digest"]?.string
    }
}
