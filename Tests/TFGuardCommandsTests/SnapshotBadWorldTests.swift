import Foundation
import TestSupport
import Testing

/// The worlds that only a whole process can meet: disks that are full, signals, other processes, names on a real disk.
@Suite struct SnapshotBadWorldTests {
    /// A history whose versions share next to nothing, so that each takes its room on the disk.
    private static func fill(_ sandbox: Sandbox, versions: Int) {
        for serial in 1...versions {
            var generator = SystemRandomNumberGenerator()
            let noise = (0..<40_000).map { _ in String(UInt16.random(in: .min ... .max, using: &generator), radix: 16) }.joined()
            sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: serial, password: noise)), key: "large/terraform.tfstate", bucket: Sandbox.bucket)
        }
    }

    private static func environment(_ sandbox: Sandbox) -> [String: String] {
        sandbox.environment.merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": sandbox.folder.path, "AWS_EC2_METADATA_DISABLED": "true"]) { $1 }
    }

    static func mayMount() async -> Bool {
        let script = "mkdir -p \"$0\" && mount -t tmpfs -o size=64k none \"$0\""
        let folder = try? TemporaryDirectory("mount")
        let outcome = try? await runProcess(["unshare", "--map-root-user", "--mount", "/bin/sh", "-c", script, folder?.file("disk") ?? "/nowhere"])
        if outcome?.status == 0 { return true }
        FileHandle.standardError.write(Data("the test with a full disk is SKIPPED: nothing may be mounted here (\(outcome?.errors.prefix(200) ?? "no unshare"))\n".utf8))
        return false
    }

    @Test(.enabled("nothing may be mounted here") { await SnapshotBadWorldTests.mayMount() })
    func aFullDiskIsSaidHarmsNothingAndTheNextRunGoesOn() async throws {
        let sandbox = try Sandbox()
        let script = """
            tfguard() { "$0" "$@"; }
            mkdir vault && mount -t tmpfs -o size=1m,mode=700 none vault || exit 99
            tfguard snapshot; echo "first=$?"
            touch ready; while [ ! -e go ]; do sleep 0.05; done
            tfguard snapshot >out 2>err; echo "full=$?"
            tfguard snapshots; echo "listed=$?"
            tfguard vault check --read-data; echo "checked=$?"
            mount -o remount,size=64m vault
            tfguard snapshot; echo "again=$?"
            tfguard vault check --read-data --json >check; echo "sound=$?"
            ls -A vault/tmp | wc -l
            """
        let child = try ChildProcess(
            ["unshare", "--map-root-user", "--mount", "/bin/sh", "-c", script, TFGuardBinary.path], environment: Self.environment(sandbox),
            workingDirectory: sandbox.folder.path)
        while !FileManager.default.fileExists(atPath: sandbox.folder.file("ready")), child.poll() == nil { try await Task.sleep(for: .milliseconds(20)) }
        Self.fill(sandbox, versions: 24)
        try sandbox.folder.write("", to: "go")
        let first = try await child.finish(timeout: .seconds(300))
        for expected in ["first=0", "full=1", "listed=0", "checked=0", "again=0", "sound=0"] { #expect(first.output.contains(expected), "\(first.output) \(first.errors)") }
        let words = String(decoding: try sandbox.folder.read("err"), as: UTF8.self) + String(decoding: try sandbox.folder.read("out"), as: UTF8.self)
        #expect(words.contains("no space left") && words.contains("make room and run again"), "\(words)")
        #expect(first.output.contains("1 snapshot in"))
        let check = try JSONSerialization.jsonObject(with: Data(try sandbox.folder.read("check"))) as? [String: Any]
        #expect(check?["versions"] as? Int == 28)
        #expect(first.output.hasSuffix("\n0\n"), "no temporary file stays: \(first.output)")
    }

    @Test func aFileThatMayNotGrowIsToldLikeAFullDisk() async throws {
        let sandbox = try Sandbox()
        Self.fill(sandbox, versions: 4)
        let limited = try await runProcess(
            ["/bin/sh", "-c", "ulimit -f 64; exec \"$0\" snapshot", TFGuardBinary.path], environment: Self.environment(sandbox), workingDirectory: sandbox.folder.path)
        #expect(limited.status == 1, "\(limited.ending) \(limited.errors)")
        #expect(limited.errors.contains("no space left") && limited.errors.contains("File too large"), "\(limited.errors)")
        let free = try await sandbox.run("snapshot", "--json")
        #expect(free.status == 0, "\(free.output)")
        let check = try await sandbox.run("vault", "check", "--read-data", "--json")
        #expect(try check.status == 0 && check.document["versions"] as? Int == 8)
    }

    @Test func twoSignalsInARowHarmNothing() async throws {
        let sandbox = try Sandbox()
        #expect(try await sandbox.run("snapshot").status == 0)
        sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: 4)), key: "network/terraform.tfstate", bucket: Sandbox.bucket)
        sandbox.s3.inject(.wire(.delay(.seconds(20)))) { $0.operation == .getObject }
        let child = try ChildProcess(
            [TFGuardBinary.path, "snapshot", "--json"],
            environment: Self.environment(sandbox), workingDirectory: sandbox.folder.path)
        let before = sandbox.s3.requests.count
        while !sandbox.s3.requests.dropFirst(before).contains(where: { $0.operation == .getObject }), child.poll() == nil { try await Task.sleep(for: .milliseconds(10)) }
        child.signal(SIGINT)
        child.signal(SIGTERM)
        let outcome = try await child.finish()
        #expect(outcome.status == 130, "\(outcome.ending) \(outcome.errors)")
        sandbox.s3.removeFaults()
        let check = try await sandbox.run("vault", "check", "--read-data", "--json")
        #expect(try check.status == 0 && check.document["versions"] as? Int == 4)
        let next = try await sandbox.run("snapshot", "--json")
        #expect(next.status == 0)
        #expect(try (next.document["sites"] as? [[String: Any]])?.first?["versions_fetched"] as? Int == 1)
    }

    /// Waiting for its input, it has no safe point to stop at: only the second signal ends it.
    @Test func theSecondCtrlCEndsAtOnce() async throws {
        let sandbox = try Sandbox()
        let child = try ChildProcess(
            ["/bin/sh", "-c", "mkfifo input && exec 3<>input && exec \"$0\" show - --json <&3", TFGuardBinary.path], environment: Self.environment(sandbox),
            workingDirectory: sandbox.folder.path)
        func catchesInterrupts() -> Bool {
            // The shell before it catches some, too.
            guard let status = try? String(contentsOfFile: "/proc/\(child.pid)/status", encoding: .utf8), status.hasPrefix("Name:\ttfguard\n"),
                let mask = status.firstMatch(of: #/SigCgt:\s*([0-9a-f]+)/#).flatMap({ UInt64($0.1, radix: 16) })
            else { return false }
            return mask & 1 << UInt64(SIGINT - 1) != 0
        }
        while !catchesInterrupts(), child.poll() == nil { try await Task.sleep(for: .milliseconds(10)) }
        child.signal(SIGINT)
        while !child.errorsSoFar.contains("once more stops at once"), child.poll() == nil { try await Task.sleep(for: .milliseconds(10)) }
        try await Task.sleep(for: .milliseconds(200))
        #expect(child.poll() == nil)
        child.signal(SIGINT)
        let outcome = try await child.finish()
        #expect(outcome.status == 130 && outcome.output.isEmpty, "\(outcome.ending) \(outcome.output)")
    }

    @Test func twoRunsAtOnceOnOneVaultBothSucceedAndLoseNothing() async throws {
        let sandbox = try Sandbox(Dictionary(uniqueKeysWithValues: (0..<12).map { ("s\($0)/terraform.tfstate", [1, 2, 3, 4, 5]) }))
        #expect(try await sandbox.run("snapshot", "--state", "s0/**").status == 0)
        sandbox.s3.inject(.wire(.delay(.milliseconds(20)))) { $0.operation == .getObject }
        async let one = sandbox.run("snapshot", "--json")
        async let other = sandbox.run("snapshot", "--json")
        let outcomes = try await [one, other]
        #expect(outcomes.map(\.status) == [0, 0], "\(outcomes.map(\.errors))")
        let check = try await sandbox.run("vault", "check", "--read-data", "--json")
        #expect(try check.status == 0 && check.document["versions"] as? Int == 60 && check.document["snapshots"] as? Int == 3, "\(check.output)")
        sandbox.s3.forgetRequests()
        #expect(try await sandbox.run("snapshot").status == 0)
        #expect(!sandbox.s3.requests.contains { $0.operation == .getObject })
    }

    @Test func hostileKeysWriteNothingOutsideTheVaultAndComeBackExactly() async throws {
        let name = "escape-\(UInt64.random(in: 0 ... .max))"
        let keys = [
            "../\(name)", "../../\(name)", "../../../\(name)", "../../../../../../tmp/\(name)", "/tmp/\(name)", "a//\(name)", "a/./\(name)", "a/\(name)",
            "..\\..\\\(name)", "~/\(name)", "ctrl\u{1}\u{1B}[2J\(name)", "n\u{E9}\(name)", "ne\u{301}\(name)", String(repeating: "k", count: 1024 - name.utf8.count) + name,
        ]
        let sandbox = try Sandbox([:])
        for (index, key) in keys.enumerated() { sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: index + 1)), key: key, bucket: Sandbox.bucket) }
        let outcome = try await sandbox.run("snapshot", "--json")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try (outcome.document["sites"] as? [[String: Any]])?.first?["states"] as? Int == keys.count)
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path)) == ["tfguard.yaml", "vault"])
        let written = FileManager.default.enumerator(atPath: sandbox.folder.file("vault"))?.allObjects as? [String] ?? []
        #expect(written.count > 3 && written.allSatisfy { $0.wholeMatch(of: #/[a-z0-9.\-\/]+/#) != nil && !$0.contains(name) }, "\(written)")
        for start in ["", "vault/", "vault/data/", "vault/tmp/"] {
            for key in keys { #expect(!FileManager.default.fileExists(atPath: sandbox.folder.file(start) + "/" + key), "\(key) beneath \(start)") }
        }
        #expect(!FileManager.default.fileExists(atPath: "/tmp/\(name)"))
        for (index, key) in keys.enumerated() where !key.hasPrefix("ctrl") {
            let shown = try await sandbox.run("show", "vault:primary:\(key)", "--raw")
            #expect(shown.output == SampleVault.state(serial: index + 1), "\(key): \(shown.errors)")
        }
    }

    /// 200 lock versions and markers around each state, as a year of applies leaves them.
    @Test func aHundredThousandVersionsAreListedInBoundedMemory() async throws {
        let sandbox = try Sandbox([:])
        let lock = S3StandIn.Body(#"{"ID":"x"}"#)
        let state = S3StandIn.Body(SampleVault.state(serial: 1))
        var versions: [(key: String, body: S3StandIn.Body?)] = []
        for index in 0..<500 {
            versions.append(("s\(index)/terraform.tfstate", state))
            for number in 0..<200 { versions.append(("s\(index)/terraform.tfstate.tflock", number % 2 == 0 ? lock : nil)) }
        }
        sandbox.s3.load(versions, into: Sandbox.bucket)
        let child = try ChildProcess([TFGuardBinary.path, "snapshot", "--json"], environment: Self.environment(sandbox), workingDirectory: sandbox.folder.path)
        var peak = 0
        while child.poll() == nil {
            if let status = try? String(contentsOfFile: "/proc/\(child.pid)/status", encoding: .utf8), status.hasPrefix("Name:\ttfguard\n") {
                peak = status.firstMatch(of: #/VmHWM:\s*([0-9]+)/#).flatMap { Int($0.1) } ?? peak
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        let outcome = try await child.finish()
        #expect(outcome.status == 0, "\(outcome.errors)")
        let site = try #require((try outcome.document["sites"] as? [[String: Any]])?.first)
        #expect(site["states"] as? Int == 500 && site["versions_fetched"] as? Int == 500)
        #expect(peak > 1_000 && peak < 128_000, "\(peak) KiB")
    }
}
