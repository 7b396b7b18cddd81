import Testing
import Timestamps

@testable import Sites

private let sites = ["primary", "dr"]

@Suite struct StateReferenceTests {
    @Test(arguments: [
        ("primary", SiteReference(site: "primary")),
        ("primary:network", SiteReference(site: "primary", key: "network")),
        ("primary@-3", SiteReference(site: "primary", version: .before(3))),
        ("primary:a/b@serial=42", SiteReference(site: "primary", key: "a/b", version: .serial(42))),
        ("primary:a@2026-11-22T14:02:14Z", SiteReference(site: "primary", key: "a", version: .at(Timestamp(seconds: 1_795_356_134)))),
        ("primary:a@7d", SiteReference(site: "primary", key: "a", version: .ago(RelativeTime("7d")!))),
        ("dr:a@id=3/L4kqtJ+x_y.z", SiteReference(site: "dr", key: "a", version: .versionID("3/L4kqtJ+x_y.z"))),
        ("dr:a@last-good", SiteReference(site: "dr", key: "a", version: .lastGood)),
        ("dr:a@snapshot=ab12", SiteReference(site: "dr", key: "a", version: .snapshot("ab12"))),
        ("vault:dr:env:/blue/k@latest", SiteReference(site: "dr", key: "env:/blue/k", fromVault: true)),
        ("primary:env:/blue/k", SiteReference(site: "primary", key: "env:/blue/k")),
        ("primary:a@id=x.tfstate@latest", SiteReference(site: "primary", key: "a@id=x.tfstate")),
        ("primary:a@id=k@id=v", SiteReference(site: "primary", key: "a@id=k", version: .versionID("v"))),
        ("primary:mail@example/x.tfstate", SiteReference(site: "primary", key: "mail@example/x.tfstate")),
        ("primary:../../etc/passwd", SiteReference(site: "primary", key: "../../etc/passwd")),
    ])
    func sitesKeysAndVersionsAreToldApart(text: String, expected: SiteReference) throws {
        #expect(try StateReference(parsing: text, sites: sites) == .site(expected))
    }

    @Test func pathsAndStandardInput() throws {
        #expect(try StateReference(parsing: "-", sites: sites) == .standardInput)
        for path in ["./primary", "/tmp/x", "../x", "old/terraform.tfstate", "terraform.tfstate", "errored.tfstate"] {
            #expect(try StateReference(parsing: path, sites: sites) == .path(path))
        }
        #expect(try StateReference(parsing: "dump", sites: sites, isFile: { $0 == "dump" }) == .path("dump"))
    }

    @Test(arguments: [
        ("primary:a@06-07-2026", "more than one way"), ("primary:a@2026-11-22", "no time zone"),
        ("primary:a@2026-11-22T10:00:00", "no time zone"), ("primary:a@06/07/2026", "more than one way"),
        ("primary:a@2026-11-22 10:00", "no time zone"), ("primary:a@20261122", "more than one way"), ("primary:a@serial=x", "no serial"),
        ("primary:a@serial=18446744073709551616", "no serial"), ("primary:a@-0", "no versions back"), ("primary:a@", "nothing follows"),
        ("primary:a@id=", "without a version id"), ("primary@nonsense", "no version"),
    ])
    func wrongVersionsAreRefusedWithTheAcceptedForms(text: String, mentions: String) throws {
        let error = try #require(throws: ReferenceError.self) { try StateReference(parsing: text, sites: sites) }
        #expect(error.description.contains(mentions), "\(error)")
        #expect(error.description.contains("serial=N") && error.description.contains("2026-11-22T14:00:00Z"))
    }

    @Test func anUnknownSiteNamesTheNearest() throws {
        let error = try #require(throws: ReferenceError.self) { try StateReference(parsing: "primry:network", sites: sites) }
        #expect(error.description.contains("did you mean primary?"))
        #expect(throws: ReferenceError.self) { try StateReference(parsing: "vault:other:x", sites: sites) }
        #expect(throws: ReferenceError.self) { try StateReference(parsing: "primary:", sites: sites) }
        #expect(throws: ReferenceError.self) { try StateReference(parsing: "", sites: sites) }
    }

    @Test func everyReferencePrintsAsTextThatParsesToItself() throws {
        var random = SplitMix(seed: 7)
        let pieces = ["a", "/", "@", "id=", "serial=", ":", "7d", "-1", "latest", "é", "e\u{301}", " ", "env:", ".tfstate", "2026", "\u{1B}", "snapshot=x"]
        for _ in 0..<5_000 {
            let key = (0..<random.below(8)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let versions: [VersionSelector] = [
                .latest, .before(1 + random.below(9)), .serial(UInt64(random.below(100))), .at(Timestamp(nanoseconds: Int64(random.below(1 << 60)))),
                .ago(RelativeTime(seconds: Int64(random.below(1 << 30)))!), .versionID("v\(random.below(99))"), .lastGood, .snapshot("s1"),
            ]
            let reference = StateReference.site(
                SiteReference(
                    site: sites[random.below(2)], key: key.isEmpty ? nil : key, version: versions[random.below(versions.count)],
                    fromVault: random.below(2) == 0))
            #expect(try StateReference(parsing: reference.description, sites: sites) == reference, "\(reference)")
        }
    }

    @Test func keysThatDifferOnlyInNormalisationAreDifferentReferences() {
        #expect(SiteReference(site: "a", key: "\u{E9}") != SiteReference(site: "a", key: "e\u{301}"))
    }

    @Test(arguments: [("7d", 604_800), ("36h", 129_600), ("1d12h", 129_600), ("90m", 5_400), ("2w", 1_209_600), ("0s", 0)])
    func relativeTimes(text: String, seconds: Int64) throws {
        let time = try #require(RelativeTime(text))
        #expect(time.seconds == seconds && RelativeTime(time.description) == time)
    }

    @Test(arguments: ["", "7", "d", "7x", "1h1d", "1d1d", "-7d", "7 d", "99999999999999999999d", "9999999999d", "٣d"])
    func whatIsNoLengthOfTimeIsRefused(text: String) { #expect(RelativeTime(text) == nil) }
}

/// A small generator of repeatable numbers: https://prng.di.unimi.it/splitmix64.c (public domain).
struct SplitMix {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
