import AWSIdentity
import Foundation
import HTTPTransport
import S3
import Sites
import Snapshots
import TestSupport
import Testing
import Timestamps
import Vault

@Suite struct TrialTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["TRIAL"] != nil)) func trial() async throws {
        let http = try CurlClient()
        defer { http.shutdown() }
        let c = S3Configuration(region: "us-east-1", endpoint: "http://127.0.0.1:19301")
        let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIATFGUARDLOCAL", secretAccessKey: "tfguardlocalsecret"))
        let bucket = S3Client(c, credentials: keys, http: http).bucket("corpus")
        let site = Site(settings: SiteSettings(name: "primary", bucket: "corpus"), bucket: bucket)
        let folder = ProcessInfo.processInfo.environment["TRIAL"]!
        let vault: BackupVault
        if FileManager.default.fileExists(atPath: folder) { vault = try await BackupVault.open(LocalFolderStorage(existing: folder)) } else { vault = try await BackupVault.create(in: LocalFolderStorage(creating: folder), at: .now()) }
        let run = SnapshotRun(sites: [site], vault: vault, tool: "test") { .now() }
        print(try await run.plan())
        print(try await run.run { print($0) })
        for state in try await vault.states() {
            let history = try await vault.history(of: state)!
            print(state, history.versions.count, history.versions.filter(\.isInVault).count, history.versions.first?.summary as Any)
        }
    }
}
