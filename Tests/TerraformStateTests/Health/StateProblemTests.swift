import StateJSON
import TerraformState
import Testing

@Suite struct StateProblemTests {
    typealias F = Fixtures

    func found(_ text: String) -> [String] {
        problems(in: StateBytes(text.utf8)).map { "\($0.code.rawValue) \($0.effect.rawValue) \($0.address ?? "-")" }
    }
    func found(in resources: String...) -> [String] { found(F.text(resources: resources)) }

    @Test func aHealthyStateHasNone() {
        #expect(found(F.full) == [])
        #expect(
            found(
                in: F.resource("a", instances: [F.instance(id: "1", key: "0"), F.instance(id: "2", key: "1")]),
                F.resource("b", instances: [F.instance(id: "3")])) == [])
    }

    @Test func theSameInstanceTwiceIsRefused() {
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1", key: "0"), F.instance(id: "2", key: "0.0")])) == [
                "duplicate-instance refused null_resource.a[0]"
            ])
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1"), F.instance(id: "2", extra: "\"deposed\": \"a1b2c3d4\",\n")])) == [])
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1")]), F.resource("a", instances: [F.instance(id: "2")])) == [
                "duplicate-resource refused null_resource.a", "duplicate-instance refused null_resource.a",
            ])
    }

    @Test func oneResourceInTwoEntriesIsMerged() {
        #expect(
            found(
                in: F.resource("a", instances: [F.instance(id: "1", key: "0")]), F.resource("a", instances: [F.instance(id: "2", key: "1")])
            ) == ["duplicate-resource suspicious null_resource.a"])
    }

    @Test func aProviderThatDoesNotParseDropsTheResource() {
        #expect(
            found(in: F.resource("a", provider: "aws", instances: [F.instance(id: "1")])) == ["invalid-provider dropped null_resource.a"])
        #expect(found(in: F.resource("a", provider: "", instances: [F.instance(id: "1")])) == ["invalid-provider dropped null_resource.a"])
        let tofu = "\"provider\": \"provider[\\\"registry.opentofu.org/hashicorp/aws\\\"].r[\\\"x\\\"]\",\n"
        #expect(
            found(in: F.resource("a", provider: "", instances: [F.instance(id: "1", extra: tofu)])) == [
                "provider-on-instances dropped null_resource.a"
            ])
    }

    @Test(
        arguments: [
            ("\"status\": \"broken\",", "invalid-status refused null_resource.a"),
            ("\"deposed\": \"short\",", "invalid-deposed-key refused null_resource.a (deposed short)"),
            ("\"index_key\": true,", "invalid-index-key refused null_resource.a"),
            ("\"private\": \"%%%\",", "invalid-private-data refused null_resource.a"),
            ("\"private\": 7,", "wrong-type refused null_resource.a"),
            ("\"dependencies\": \"x\",", "wrong-type refused null_resource.a"),
            ("\"create_before_destroy\": \"true\",", "wrong-type refused null_resource.a"),
            ("\"deposed\": [],", "wrong-type refused null_resource.a"),
            ("\"status\": \"\",", nil), ("\"private\": \"bnVsbA==\",", nil), ("\"private\": null,", nil),
        ] as [(String, String?)])
    func fieldsOfInstancesAreChecked(extra: String, wanted: String?) {
        let expected = wanted.map { [$0] } ?? []
        #expect(found(in: F.resource("a", instances: [F.instance(id: "1", extra: extra + "\n")])) == expected)
    }

    @Test func schemaVersionsAreWholeNumbers() {
        for version in ["-1", "1.5", "\"1\"", "[]"] {
            #expect(
                found(
                    in: F.resource(
                        "a", instances: [F.instance(id: "1").replacing("\"schema_version\": 0", with: "\"schema_version\": \(version)")]))
                    == ["wrong-type refused null_resource.a"])
        }
    }

    @Test(arguments: ["not an address!", "aws_x.y[0]", "aws_x", "module.a", "a.b.c", ""])
    func dependenciesAreResourceAddresses(dependency: String) {
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1", extra: "\"dependencies\": [\"\(dependency)\"],\n")])) == [
                "invalid-dependency refused null_resource.a"
            ])
        #expect(
            found(
                in: F.resource(
                    "a",
                    instances: [
                        F.instance(id: "1", extra: "\"dependencies\": [\"module.a.module.b.data.x.y\", \"x.y\", \"data.x.y\", null],\n")
                    ])) == [])
    }

    @Test(arguments: [
        ("1.2", true), ("v1.0", true), ("1", true), ("1.0.0-beta", true), ("1.0.0+x", true), ("01.2", true), ("1.0.0-", true),
        ("1.0.0beta", true), ("", true), ("1.0.0.0.0", true), ("1.0.0~x", true), ("1.17.0-alpha20260812", true),
        ("1.8.0-rc1+build.2", true),
        ("x", false), ("1..2", false), ("1.0.0-x_y", false), ("1.0.0 ", false), ("1.", false), ("1.0+", false), ("banana", false),
    ])
    func versionsAreThoseOfGo(version: String, isValid: Bool) {
        #expect(found(F.text(resources: []).replacing("1.11.4", with: version)) == (isValid ? [] : ["invalid-terraform-version refused -"]))
    }

    @Test(arguments: [
        (#"{"value":1}"#, false), (#"{"type":"string"}"#, false), (#"{"value":[1],"type":"string"}"#, false),
        (#"{"value":1,"type":"strin"}"#, false), (#"{"value":{},"type":["list","string"]}"#, false),
        (#"{"value":[],"type":["map","string"]}"#, false), (#"{"value":1,"type":[]}"#, false), (#"{"value":1,"type":7}"#, false),
        (#"{"value":null,"type":"string"}"#, true), (#"{"value":"1","type":"number"}"#, true),
        (#"{"value":{"a":1},"type":["object",{"a":"number"}]}"#, true), (#"{"value":[1,"a"],"type":["tuple",["number","string"]]}"#, true),
        (#"{"value":{"value":1,"type":"number"},"type":"dynamic"}"#, true),
    ])
    func outputsHaveTypeAndValue(entry: String, isValid: Bool) {
        #expect(
            found(F.text(resources: []).replacing("\"outputs\": {}", with: "\"outputs\": {\"a\": \(entry)}"))
                == (isValid ? [] : ["invalid-output refused -"]))
    }

    @Test(arguments: [
        (#"{"object_kind":"zzz","config_addr":"x y","status":"pass"}"#, true),
        (#"{"object_kind":"check","config_addr":"check.a","status":"zzz"}"#, true), ("null", true),
        (
            #"{"object_kind":"resource","config_addr":"module.m.aws_x.y","status":"pass","objects":[{"object_addr":"module.m[\"k\"].aws_x.y[0]","status":"pass"}]}"#,
            true
        ),
        (#"{"object_kind":"check","config_addr":"x y","status":"pass"}"#, false),
        (#"{"object_kind":"check","config_addr":"check.a","status":"pass","objects":[{"object_addr":"bad addr","status":"pass"}]}"#, false),
    ])
    func checkResultsNameTheirObjects(entry: String, isValid: Bool) {
        #expect(
            found(F.text(resources: []).replacing("\"check_results\": null", with: "\"check_results\": [\(entry)]"))
                == (isValid ? [] : ["invalid-check-result refused -"]))
    }

    @Test func sensitivePathsThatAreNoneAreRefused() {
        let bad = F.instance(id: "1").replacing(
            "\"sensitive_attributes\": []", with: #""sensitive_attributes": [[{"type":"splat","value":1}]]"#)
        #expect(found(in: F.resource("a", instances: [bad])) == ["invalid-sensitive-path refused null_resource.a"])
    }

    @Test func resourcesNeedModeTypeAndName() {
        #expect(
            found(in: F.resource("a", instances: []).replacing("\"managed\"", with: "\"ephemeral\"")) == [
                "unknown-mode refused null_resource.a"
            ])
        #expect(
            found(in: F.resource("a", instances: []).replacing("\"name\": \"a\",", with: "")) == ["missing-field incomplete null_resource."]
        )
        #expect(found(in: F.resource("a", extra: "\"module\": \"net\", ", instances: [])) == ["invalid-module refused net.null_resource.a"])
        #expect(found(in: "7", F.resource("a", instances: ["7"])) == ["wrong-type refused -", "wrong-type refused null_resource.a"])
    }

    @Test func theHeadIsChecked() {
        let text = F.text(resources: [])
        #expect(found(text.replacing("\"1.11.4\"", with: "\"banana\"")) == ["invalid-terraform-version refused -"])
        #expect(found(text.replacing("\"1.11.4\"", with: "\"1.17.0-alpha20260812\"")) == [])
        #expect(found(text.replacing("\"3f1c7f5a-0b7e-4c0e-9d53-2f6c1f1f0a11\"", with: "\"\"")) == ["missing-lineage incomplete -"])
        #expect(found(text.replacing("\"resources\"", with: "\"resourcez\"")) == ["missing-resources incomplete -"])
        #expect(found(text.replacing("\"check_results\": null", with: "\"check_results\": [[[]]]")) == ["wrong-type refused -"])
        #expect(found(text.replacing("\"outputs\": {}", with: "\"outputs\": {\"a\": {\"value\": 1}}")) == ["invalid-output refused -"])
    }

    @Test func namesThatRepeatAreReported() {
        #expect(
            found(F.text(resources: []).replacing("\"serial\": 1,", with: "\"serial\": 1, \"serial\": 6,")) == [
                "duplicate-key suspicious -"
            ])
    }

    @Test func oneObjectUnderTwoAddressesIsSuspicious() {
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1")]), F.resource("b", instances: [F.instance(id: "1")])) == [
                "shared-id suspicious null_resource.b"
            ])
        #expect(
            found(in: F.resource("a", instances: [F.instance(id: "1")]), F.resource("b", type: "other", instances: [F.instance(id: "1")]))
                == [])
        let elsewhere = F.resource("b", provider: #"provider["registry.terraform.io/hashicorp/null"].dr"#, instances: [F.instance(id: "1")])
        #expect(found(in: F.resource("a", instances: [F.instance(id: "1")]), elsewhere) == [], "another region may have the same id")
    }

    @Test func anInstanceWithoutAttributesIsSuspicious() {
        let empty = F.instance(id: "1").replacing("\"attributes\"", with: "\"attributez\"")
        #expect(found(in: F.resource("a", instances: [empty])) == ["no-attributes suspicious null_resource.a"])
    }

    @Test func whatIsNoStateIsOneProblem() {
        #expect(found("") == ["not-a-state refused -"])
        #expect(found(#"{"version":4,"serial":"7"}"#) == ["wrong-type refused -"])
    }

    @Test func offsetsPointAtTheProblemAndMessagesHoldNoValues() throws {
        let text = F.text(resources: [F.resource("a", instances: [F.instance(id: "topsecret", extra: "\"status\": \"hunter2\",\n")])])
        let problem = try #require(problems(in: StateBytes(text.utf8)).first)
        #expect(StateBytes(text.utf8)[problem.offset..<problem.offset + 9] == Array("\"hunter2\"".utf8))
        #expect(!problem.description.contains("hunter2") && !problem.description.contains("topsecret"))
    }

    @Test func refusalsAreTheProblemsThatAreMoreThanSuspicious() throws {
        let text = F.text(resources: [
            F.resource("a", provider: "aws", instances: [F.instance(id: "1", key: "0"), F.instance(id: "1", key: "1", extra: "\"status\": \"x\",\n")]),
            F.resource("a", instances: [F.instance(id: "1", key: "1")]),
        ]).replacing("\"serial\": 1,", with: "\"serial\": 1, \"serial\": 6,")
        let state = try TerraformState(parsing: StateBytes(text.utf8))
        let codes = state.problems.map(\.code)
        #expect(codes.contains(.sharedID) && codes.contains(.duplicateKey))
        #expect(state.refusals == state.problems.filter { $0.effect != .suspicious })
        #expect(state.refusals.map(\.code) == [.invalidProvider, .invalidStatus, .duplicateResource, .duplicateInstance])
    }

    @Test func addressesAreEqualHoweverTheyAreSpelt() {
        let spelt = F.resource("a", extra: #""module": "module.x[\"k\"]", "#, instances: [F.instance(id: "1", key: "\"k\"")])
        let escaped = F.resource("a", extra: #""module": "module.\u0078[\u0022k\"]", "#, instances: [F.instance(id: "2", key: #""\u006b""#)])
        #expect(
            found(in: spelt, escaped) == [
                #"duplicate-resource refused module.x["k"].null_resource.a"#, #"duplicate-instance refused module.x["k"].null_resource.a["k"]"#,
            ])
        let emptyModule = F.resource("a", extra: #""module": "", "#, instances: [F.instance(id: "2")])
        #expect(found(in: F.resource("a", instances: [F.instance(id: "1")]), emptyModule).count == 2)
    }

    /// Both searches must be linear: thousands of each are looked through in a moment.
    @Test(.timeLimit(.minutes(5))) func manyRepeatedNamesAndIdsAreFound() {
        let members = (0..<10_000).map { #""k\#($0 % 5_000)": 1"# }.joined(separator: ",")
        let instances = (0..<4_000).map { F.instance(id: "\($0 / 2)", key: "\($0)") }
        let text = F.text(resources: [F.resource("a", instances: instances)]).replacing("\"serial\": 1,", with: "\"serial\": 1, \"x\": {\(members)},")
        let found = problems(in: StateBytes(text.utf8))
        #expect(found.count { $0.code == .duplicateKey } == 5_000)
        #expect(found.count { $0.code == .sharedID } == 2_000)
    }
}
