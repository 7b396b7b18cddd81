import StateJSON
import TerraformState
import Testing

@Suite struct ReadingVersion4 {
    @Test func readsTheHead() throws {
        let state = try Fixtures.state(Fixtures.full)
        #expect(state.generation == Generation(serial: 7, lineage: "3f1c7f5a-0b7e-4c0e-9d53-2f6c1f1f0a11"))
        #expect(state.terraformVersion == "1.12.2")
        #expect(state.resources.count == 4)
        #expect(state.instanceCount == 5)
        #expect(state.summary.resourceCount == 3)
    }

    @Test func readsOutputsAndCheckResults() throws {
        let state = try Fixtures.state(Fixtures.full)
        #expect(state.outputs.map(\.name) == ["endpoint", "token"])
        #expect(state.outputs.map(\.isSensitive) == [false, true])
        #expect(state.outputs.first?.value?.string == "db.example.com")
        #expect(state.outputs.first?.type?.string == "string")
        let check = try #require(state.checkResults.first)
        #expect(check.kind == "check" && check.configAddress == "check.up" && check.status == "fail")
        #expect(check.objects.first?.failureMessages == ["not up"])
    }

    @Test func printsAddressesAsTerraformDoes() throws {
        let state = try Fixtures.state(Fixtures.full)
        #expect(
            state.instances.map(\.displayAddress) == [
                "data.aws_ami.base",
                #"module.net["a.b"].module.sub[0].aws_subnet.main[0]"#,
                #"module.net["a.b"].module.sub[0].aws_subnet.main[1]"#,
                #"module.net["a.b"].module.sub[0].aws_subnet.main[1] (deposed a1b2c3d4)"#,
                #"terraform_data.k["$${dollar}"]"#,
            ])
        #expect(state.resources[1].configAddress == "module.net.module.sub.aws_subnet.main")
        #expect(state.resources[0].configAddress == "data.aws_ami.base")
    }

    @Test func readsEverythingAnInstanceHas() throws {
        let instances = try Fixtures.state(Fixtures.full).resources[1].instances
        let first = instances[0]
        #expect(first.indexKey == .int(0))
        #expect(first.schemaVersion == 1)
        #expect(first.attributes?["id"]?.string == "subnet-0")
        #expect(first.sensitivePaths.map(\.description) == [#"tags["Name"]"#, "ingress[1].cidr_blocks"])
        #expect(first.identitySchemaVersion == 1)
        #expect(first.identity?["id"]?.string == "subnet-0")
        #expect(first.privateData == "bnVsbA==")
        #expect(first.dependencies == ["data.aws_ami.base", "module.net.aws_vpc.main"])
        #expect(first.createBeforeDestroy && !first.isTainted && first.deposed == nil)
        #expect(instances[1].isTainted && !instances[1].createBeforeDestroy)
        #expect(instances[2].deposed == "a1b2c3d4")
        #expect(first.provider?.alias == "dr" && first.provider?.module == "module.net")
        let flat = try Fixtures.state(Fixtures.full).resources[3].instances[0]
        #expect(flat.attributes == nil && flat.attributesFlat?["id"]?.string == "1")
        #expect(flat.indexKey == .string("${dollar}"))
    }

    @Test func rawRangesAreTheInstancesBytes() throws {
        let state = try Fixtures.state(Fixtures.full)
        for instance in state.instances {
            let bytes = state.bytes[instance.rawRange]
            #expect(bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}"))
            #expect(try JSONDocument(parsing: StateBytes(bytes)).root.isEqual(to: instance.value))
        }
    }

    @Test func readsKeysWithoutCaseAsGoDoes() throws {
        let state = try Fixtures.state(
            #"{"VERSION":4,"Serial":3,"LINEAGE":"l","Terraform_Version":"1.0.0","reſources":[{"Mode":"managed","TYPE":"t","nAmE":"n","Provider":"provider[\"terraform.io/builtin/terraform\"]","Instances":[{"INDEX_\u212aEY":2,"Schema_Version":1,"ATTRIBUTES":{"ID":"x"}}]}]}"#
        )
        #expect(state.serial == 3 && state.lineage == "l" && state.terraformVersion == "1.0.0")
        #expect(state.instances.map(\.address) == ["t.n[2]"])
        #expect(state.instances[0].attributes?["ID"]?.string == "x")
        #expect(state.instances[0].attributes?["id"] == nil, "attribute names are data, not fields")
    }

    @Test func theLastOfSeveralFieldsCountsAndNullDoesNot() throws {
        let state = try Fixtures.state(#"{"version":4,"serial":1,"serial":6,"lineage":"a","lineage":null}"#)
        #expect(state.serial == 6 && state.lineage == "a")
        let entry = #"{"mode":"managed","type":"t","name":"n","provider":"provider.t","instances":[{"attributes":{}}]"#
        #expect(
            try Fixtures.state(#"{"version":4,"resources":[\#(entry)}],"resources":null}"#).instances.isEmpty,
            "null empties a list, as Go does it")
        #expect(
            try Fixtures.state(#"{"version":4,"resources":[\#(entry),"instances":null,"mode":null}]}"#).resources.map {
                "\($0.address) \($0.instances.count)"
            } == ["t.n 0"])
    }

    @Test func acceptsTheSmallestStateTerraformAccepts() throws {
        let state = try Fixtures.state(#"{"version":4}"#)
        #expect(state.serial == 0 && state.lineage == "" && state.instances.isEmpty && state.outputs.isEmpty)
        #expect(try Fixtures.state(#"{"version":4,"serial":18446744073709551615}"#).serial == UInt64.max)
    }

    @Test(arguments: [
        ("", "syntax"), ("[]", "notAnObject"), ("{}", "noVersion"), (#"{"version":null}"#, "noVersion"), (#"{"version":"4"}"#, "wrongType"),
        (#"{"version":4.0}"#, "wrongType"), (#"{"version":3}"#, "unsupportedVersion"), (#"{"version":5}"#, "unsupportedVersion"),
        (#"{"version":4,"serial":"1"}"#, "wrongType"), (#"{"version":4,"serial":-1}"#, "wrongType"),
        (#"{"version":4,"serial":1.5}"#, "wrongType"), (#"{"version":4,"serial":18446744073709551616}"#, "wrongType"),
        (#"{"version":4,"lineage":7}"#, "wrongType"), (#"{"version":4,"resources":{}}"#, "wrongType"),
        (#"{"version":4,"outputs":[]}"#, "wrongType"),
    ])
    func refusesWhatIsNoReadableState(text: String, kind: String) {
        do throws(StateFormatError) {
            _ = try TerraformState(parsing: StateBytes(text.utf8))
            Issue.record("accepted")
        } catch {
            let name =
                switch error {
                case .syntax: "syntax"
                case .notAnObject: "notAnObject"
                case .noVersion: "noVersion"
                case .unsupportedVersion: "unsupportedVersion"
                case .noSerial: "noSerial"
                case .wrongType: "wrongType"
                }
            #expect(name == kind)
        }
    }
}
