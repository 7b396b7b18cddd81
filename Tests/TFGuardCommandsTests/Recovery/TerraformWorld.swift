import AWSIdentity
import AWSServices
import DynamoDB
import Foundation
import HTTPTransport
import S3
import TestSupport
import Timestamps

/// A real Terraform with a real state in a real bucket, and tfguard beside it.
final class TerraformWorld {
    /// Where and how Terraform locks.
    enum Setup: String, Sendable, CaseIterable {
        case seaweedfsFile, ministackFile, ministackTable, ministackBoth, motoTable

        var kind: RealServerKind {
            switch self {
            case .seaweedfsFile: .seaweedfs
            case .ministackFile, .ministackTable, .ministackBoth: .ministack
            case .motoTable: .moto
            }
        }
        var usesFile: Bool { self != .ministackTable && self != .motoTable }
        var usesTable: Bool { self == .ministackTable || self == .ministackBoth || self == .motoTable }

        /// The setups that this machine can run; says on standard error why others are left out.
        static func available() async -> [Setup] {
            guard terraform != nil else {
                FileHandle.standardError.write(Data("tests with Terraform are SKIPPED: there is no terraform on PATH\n".utf8))
                return []
            }
            var setups: [Setup] = []
            for setup in allCases where await SharedServers.isAvailable(setup.kind) { setups.append(setup) }
            return setups
        }
    }

    static let key = "net/terraform.tfstate"
    static let terraform: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/terraform" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    let setup: Setup
    let folder: TemporaryDirectory
    let bucketName = uniqueBucketName("recovery")
    let server: RealServer
    let bucket: S3Bucket
    let dynamoDB: DynamoDBClient
    private let http: CurlClient

    /// A world in which Terraform has applied three times: serials 1 to 3, the last with eight instances.
    init(_ setup: Setup) async throws {
        self.setup = setup
        server = try await SharedServers.shared.server(setup.kind)
        folder = try TemporaryDirectory("terraform")
        http = try CurlClient()
        let keys = StaticCredentials(AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey))
        bucket = S3Client(S3Configuration(region: server.region, endpoint: server.endpoint), credentials: keys, http: http).bucket(bucketName)
        dynamoDB = DynamoDBClient(ServiceConfiguration(region: server.region, endpoint: server.endpoint), credentials: keys, http: http)
        try await send("PUT", "/\(bucketName)", "", service: "s3")
        try await send("PUT", "/\(bucketName)?versioning=", #"<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>"#, service: "s3")
        if setup.usesTable {
            try await send(
                "POST", "/",
                #"{"TableName":"\#(bucketName)","KeySchema":[{"AttributeName":"LockID","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"LockID","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"#,
                service: "dynamodb", headers: [("Content-Type", "application/x-amz-json-1.0"), ("X-Amz-Target", "DynamoDB_20120810.CreateTable")])
        }
        try writeFiles()
        try await terraform("init")
        for count in 6...8 { try await terraform("apply", "-auto-approve", "-var", "n=\(count)") }
    }

    private func writeFiles() throws {
        let endpoints = ["s3", "dynamodb", "sts", "iam"].map { "\($0) = \"\(server.endpoint)\"" }.joined(separator: ", ")
        try folder.write(
            """
            terraform {
              backend "s3" {
                bucket = "\(bucketName)"
                key = "\(Self.key)"
                region = "\(server.region)"
                endpoints = { \(endpoints) }
                use_path_style = true
                skip_credentials_validation = true
                skip_requesting_account_id = true
                skip_metadata_api_check = true
                skip_region_validation = true
                \(setup.usesFile ? "use_lockfile = true" : "")
                \(setup.usesTable ? "dynamodb_table = \"\(bucketName)\"" : "")
              }
            }
            variable "n" { default = 8 }
            variable "wait_for" { default = "" }
            resource "terraform_data" "r" {
              count = var.n
              input = "v${count.index}"
            }
            resource "terraform_data" "slow" {
              count = var.wait_for == "" ? 0 : 1
              provisioner "local-exec" { command = "touch started; while [ ! -e ${var.wait_for} ]; do sleep 0.1; done" }
            }
            """, to: "main.tf")
        let lock = [setup.usesFile ? "use_lockfile: true" : nil, setup.usesTable ? "dynamodb_table: \(bucketName)" : nil].compactMap { $0 }.joined(separator: ", ")
        try folder.write(
            """
            vault: { location: ./vault }
            sites:
              primary:
                bucket: \(bucketName)
                region: \(server.region)
                endpoints: { s3: "\(server.endpoint)", dynamodb: "\(server.endpoint)" }
                use_path_style: true
                lock: { \(lock) }
            """, to: "tfguard.yaml")
    }

    var environment: [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey,
            "AWS_EC2_METADATA_DISABLED": "true", "CHECKPOINT_DISABLE": "1", "TFGUARD_NO_PROGRESS": "1", "TF_IN_AUTOMATION": "1", "TF_CLI_CONFIG_FILE": "/dev/null",
        ]
    }

    /// Runs Terraform, which must succeed.
    @discardableResult func terraform(_ arguments: String...) async throws -> ProcessOutcome {
        let outcome = try await terraformOutcome(arguments)
        guard outcome.status == 0 else { throw UnexpectedEnding(command: "terraform \(arguments)", text: outcome.output + outcome.errors) }
        return outcome
    }

    /// Runs Terraform, and twice more when it was refused by a lock of its own: on a busy server it sends its lock a second
    /// time and takes the first for somebody else's. Nobody else runs Terraform in this folder meanwhile.
    func terraformOutcome(_ arguments: [String]) async throws -> ProcessOutcome {
        let command = [Self.terraform ?? "terraform", arguments[0], "-no-color"] + arguments.dropFirst()
        var outcome = try await runProcess(command, environment: environment, workingDirectory: folder.path)
        for _ in 0..<2 {
            guard outcome.status != 0, try await releaseOwnLock(named: outcome.errors) else { break }
            outcome = try await runProcess(command, environment: environment, workingDirectory: folder.path)
        }
        return outcome
    }

    /// Releases the lock of a Terraform run that a message names; false when it names none. With both locks `force-unlock`
    /// takes the item out of the table and then ends badly at the lock file, which the refused run has already taken back:
    /// its exit code says nothing.
    func releaseOwnLock(named errors: String) async throws -> Bool {
        guard errors.contains("Error acquiring the state lock"), errors.contains("OperationType"), let id = errors.firstMatch(of: /ID: {2,}([0-9a-f-]{36})/)?.1 else { return false }
        _ = try await plainTerraform("force-unlock", "-force", String(id))
        return try await lockIsFree()
    }

    /// Terraform without `-no-color`, for commands that do not know it.
    func plainTerraform(_ arguments: String...) async throws -> ProcessOutcome {
        try await runProcess([Self.terraform ?? "terraform"] + arguments, environment: environment, workingDirectory: folder.path)
    }

    /// A Terraform run in the background that holds the lock until the file exists; it holds it when this returns.
    func startSlowApply(until file: String) async throws -> ChildProcess {
        while true {
            let apply = try ChildProcess(
                [Self.terraform ?? "terraform", "apply", "-no-color", "-auto-approve", "-var", "wait_for=\(file)"], environment: environment, workingDirectory: folder.path)
            while !FileManager.default.fileExists(atPath: folder.file("started")) {
                guard apply.poll() == nil else { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            if apply.poll() == nil { return apply }
            let outcome = try await apply.finish(timeout: .seconds(10))
            guard try await releaseOwnLock(named: outcome.errors) else { throw UnexpectedEnding(command: "terraform apply", text: outcome.output + outcome.errors) }
        }
    }

    func tfguard(_ arguments: String..., environment more: [String: String] = [:]) async throws -> ProcessOutcome {
        try await TFGuardBinary.run(arguments, in: folder, environment: environment.merging(more) { $1 })
    }

    /// Whether a plan says that nothing would change. It takes no lock: on a busy server Terraform sends its lock a second
    /// time and then takes it for somebody else's; that locks are free is asked for by itself.
    func planSaysNoChanges() async throws -> Bool {
        try await terraform("plan", "-lock=false").output.contains("No changes.")
    }

    func current() async throws -> [UInt8] {
        try await bucket.getObject(key: Self.key, versionID: nil).bytes
    }

    func write(_ bytes: [UInt8]) async throws {
        _ = try await bucket.putObject(key: Self.key, bytes)
    }

    /// Nil when there is no table or no item.
    func digest() async throws -> String? {
        guard setup.usesTable else { return nil }
        return try await dynamoDB.item(["LockID": .string("\(bucketName)/\(Self.key)-md5")], in: bucketName)?["Digest"]?.string
    }

    func setDigest(_ text: String) async throws {
        try await dynamoDB.put(["LockID": .string("\(bucketName)/\(Self.key)-md5"), "Digest": .string(text)], in: bucketName)
    }

    /// Whether neither half of the lock is there.
    func lockIsFree() async throws -> Bool {
        if setup.usesTable, try await dynamoDB.item(["LockID": .string("\(bucketName)/\(Self.key)")], in: bucketName) != nil { return false }
        do {
            _ = try await bucket.headObject(key: Self.key + ".tflock")
            return false
        } catch is S3Error {
            return true
        }
    }

    private func send(_ method: String, _ target: String, _ text: String, service: String, headers: [(String, String)] = []) async throws {
        let body = Array(text.utf8)
        var request = HTTPRequest(method: method, url: server.endpoint + target, body: body.isEmpty ? .none : .bytes(body))
        for (name, value) in headers { request.headers[name] = value }
        try SigV4Signer.sign(
            &request, credentials: AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey), region: server.region, service: service,
            time: .now(), payload: body.isEmpty ? .empty : PayloadHash(of: body), style: service == "s3" ? .s3 : .standard)
        let response = try await http.send(request)
        guard (200..<300).contains(response.status) else { throw UnexpectedEnding(command: "\(method) \(target)", text: String(decoding: response.body, as: UTF8.self)) }
    }
}

struct UnexpectedEnding: Error, CustomStringConvertible {
    var command: String
    var text: String
    var description: String { "\(command): \(text)" }
}
