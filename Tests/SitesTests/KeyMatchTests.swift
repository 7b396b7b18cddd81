import Testing

@testable import Sites

private let keys = [
    "prod/network/terraform.tfstate", "prod/app/terraform.tfstate", "prod/data.tfstate", "env:/blue/prod/app/terraform.tfstate", "stage/subnetwork/terraform.tfstate",
]

@Suite struct KeyMatchTests {
    private func resolve(_ text: String?, _ keys: [String] = keys, prefix: String? = nil) throws(ReferenceError) -> String {
        try KeyMatch.resolve(text, among: keys, prefix: prefix, site: "primary", reference: "primary:\(text ?? "")")
    }

    @Test func aUniqueEndIsEnough() throws {
        #expect(try resolve("network") == keys[0])
        #expect(try resolve("data") == keys[2])
        #expect(try resolve("subnetwork/terraform.tfstate") == keys[4])
        #expect(try resolve("ta.tfstate") == keys[2])
        #expect(try resolve("blue/prod/app") == keys[3])
    }

    @Test func theWholeKeyWinsOverLongerOnes() throws {
        #expect(try resolve("prod/app/terraform.tfstate") == keys[1])
        #expect(try resolve("app/terraform.tfstate", prefix: "prod/") == keys[1])
    }

    @Test func oneStateNeedsNoKey() throws {
        #expect(try resolve(nil, ["only"]) == "only")
        let error = try #require(throws: ReferenceError.self) { try resolve(nil) }
        #expect(error.reason == .keyRequired(candidates: keys))
    }

    @Test func ambiguityListsTheCandidates() throws {
        let error = try #require(throws: ReferenceError.self) { try resolve("app") }
        #expect(error.reason == .ambiguousKey(candidates: [keys[1], keys[3]]))
        #expect(error.description.contains(keys[1]) && error.description.contains(keys[3]))
    }

    @Test func nothingMatchesNamesTheNearest() throws {
        let error = try #require(throws: ReferenceError.self) { try resolve("prod/network/terraform.tfsatte") }
        #expect(error.reason == .noSuchKey(nearest: [keys[0]]))
        #expect(throws: ReferenceError.self) { try resolve("x", []) }
    }

    @Test func twinsOfNormalisationAreNotMixedUp() throws {
        let twins = ["n\u{E9}.tfstate", "ne\u{301}.tfstate"]
        #expect(try Array(resolve(twins[1], twins).utf8) == Array(twins[1].utf8))
        #expect(try Array(resolve(twins[0], twins).utf8) == Array(twins[0].utf8))
    }
}

@Suite struct GlobTests {
    @Test(arguments: [
        ("network/*", "network/a.tfstate", true), ("network/*", "network/a/b", false), ("network/**", "network/a/b", true),
        ("**/terraform.tfstate", "terraform.tfstate", true), ("**/terraform.tfstate", "a/b/terraform.tfstate", true),
        ("**/terraform.tfstate", "a/xterraform.tfstate", false), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true), ("a/**/z", "a/bz", false),
        ("*.tfstate", "a/b/c.tfstate", true), ("network", "prod/network/terraform.tfstate", true), ("network", "prod/networks/x", false),
        ("env:/*/app", "env:/blue/app", true), ("v?.tfstate", "vé.tfstate", true), ("v?/x", "v//x", false), ("[a-c]x/y", "bx/y", true),
        ("[!a-c]x/y", "bx/y", false), ("[]]/y", "]/y", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("", "", true), ("", "a", false),
        ("**", "any/thing", true), ("a**b/c", "axx/yb/c", true),
    ])
    func patterns(pattern: String, key: String, expected: Bool) throws {
        #expect(try #require(Glob(pattern)).matches(key) == expected)
    }

    @Test(arguments: ["[", "[a", "a\\", "[z-a]", "[]"])
    func brokenPatternsAreRefused(pattern: String) { #expect(Glob(pattern) == nil) }

    @Test func anExpensivePatternTakesLinearTime() throws {
        let glob = try #require(Glob(String(repeating: "*a", count: 60) + "b/"))
        let clock = ContinuousClock()
        let elapsed = clock.measure { #expect(!glob.matches(String(repeating: "a", count: 1_024) + "/")) }
        #expect(elapsed < .seconds(60), "tried one by one, the ways to match would take years")
    }

    @Test func aKeyAlwaysMatchesItselfWithEveryCharacterEscaped() throws {
        var random = SplitMix(seed: 3)
        for _ in 0..<500 {
            let key = String(String.UnicodeScalarView((0..<(1 + random.below(12))).compactMap { _ in Unicode.Scalar(UInt32(33 + random.below(400))) }))
            let escaped = key.unicodeScalars.map { "\\\($0)" }.joined()
            #expect(try #require(Glob(escaped)).matches(key))
        }
    }
}
