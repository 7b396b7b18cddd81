import Cryptography
import StateJSON
import TestSupport
import Timestamps
import Vault

/// A vault with one snapshot of a state of two versions and a deleted one.
enum SampleVault {
    static let time = Timestamp(seconds: 1_795_356_134)

    static func state(serial: Int, password: String = "hunter2") -> String {
        """
        {
          "version": 4,
          "terraform_version": "1.11.4",
          "serial": \(serial),
          "lineage": "3f2a1b0c-0000-4000-8000-000000000001",
          "outputs": {
            "copied": { "value": ["kept elsewhere"], "type": ["list", "string"] },
            "endpoint": { "value": "https://a.example/", "type": "string" },
            "admin_password": { "value": "\(password)", "type": "string" },
            "token": { "value": "\(password)", "type": "string", "sensitive": true }
          },
          "resources": [
            {
              "mode": "managed", "type": "aws_vpc", "name": "main",
              "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
              "instances": [ { "schema_version": 1, "attributes": { "id": "vpc-\(serial)", "note": "kept elsewhere" }, "sensitive_attributes": [ [ { "type": "get_attr", "value": "note" } ] ] } ]
            }
          ],
          "check_results": null
        }

        """
    }

    /// - Parameter path: a folder that does not exist yet.
    @discardableResult
    static func make(at path: String, key: String = "network/terraform.tfstate") async throws -> SnapshotID {
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: path), at: time)
        let writer = try await vault.beginSnapshot(at: time, by: "tests")
        let listed = (1...2).reversed().map { serial in
            ListedVersion(
                versionID: "version-\(serial)-abcdefgh", isLatest: serial == 2, isDeleteMarker: false,
                lastModified: time + .seconds(serial), etag: "etag\(serial)", size: Int64(state(serial: serial).utf8.count), storageClass: "STANDARD")
        }
        let recorder = try await writer.record(StateID(site: "primary", key: key), listed: listed)
        for version in recorder.missing {
            let serial = version.isLatest ? 2 : 1
            let bytes = Array(state(serial: serial).utf8)
            try await recorder.store(
                version, bytes: StateBytes(bytes), sha256: SHA256.hash(bytes),
                summary: StateSummary(
                    form: "state", verdict: "ok", serial: UInt64(serial), lineage: "3f2a1b0c-0000-4000-8000-000000000001",
                    terraformVersion: "1.11.4", resourceCount: 1, instanceCount: 1))
        }
        try await recorder.finish()
        let sites = [SiteSummary(name: "primary", states: 1, versions: 2, deleteMarkers: 0, versionsFetched: 2, bytesFetched: 1000)]
        let problems = [RunProblem(reference: "primary:other", code: "AccessDenied", message: "no right to read\u{1B}[31m")]
        return try await writer.commit(sites: sites, problems: problems).record.id
    }

    /// - Parameter states: texts by `SITE:KEY`; each becomes the only version of its state.
    static func make(at path: String, states: [String: String]) async throws {
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: path), at: time)
        let writer = try await vault.beginSnapshot(at: time, by: "tests")
        for (reference, text) in states.sorted(by: { $0.key < $1.key }) {
            let parts = reference.split(separator: ":").map(String.init)
            let listed = ListedVersion(
                versionID: "version-1-abcdefgh", isLatest: true, isDeleteMarker: false, lastModified: time, etag: "etag", size: Int64(text.utf8.count),
                storageClass: "STANDARD")
            let recorder = try await writer.record(StateID(site: parts[0], key: parts[1]), listed: [listed])
            let bytes = Array(text.utf8)
            for version in recorder.missing {
                try await recorder.store(
                    version, bytes: StateBytes(bytes), sha256: SHA256.hash(bytes),
                    summary: StateSummary(form: "state", verdict: "ok", serial: nil, lineage: nil, terraformVersion: nil, resourceCount: nil, instanceCount: nil))
            }
            try await recorder.finish()
        }
        _ = try await writer.commit(sites: [], problems: [])
    }
}
