import StateComparison
import StateJSON
import TerraformState
import Testing

@Suite struct StateDiffTests {
    private func diff(_ before: [String], _ after: [String], schema: some AttributeKnowledge = UnknownProviders()) throws -> StateDiff {
        try StateDiff(from: StateText(resources: before).state, to: StateText(serial: 2, resources: after).state, schema: schema)
    }

    /// `action address attribute attribute…` of each change.
    private func summary(_ diff: StateDiff) -> [String] {
        diff.changes.map { change in
            ([change.action.rawValue, change.previousAddress.map { "\($0) -> \(change.address)" } ?? change.address] + change.attributes.map(\.path.description))
                .joined(separator: " ")
        }
    }

    private let web = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-1", "type": "t3.medium"}"#))

    @Test func equalStatesHaveNoChanges() throws {
        let result = try diff([web], [web])
        #expect(result.isEmpty)
        #expect(result.generation.before.serial == 1 && result.generation.after.serial == 2)
        #expect(!result.generation.isOtherLineage)
    }

    @Test func instancesThatCameAndWentAreAddedAndRemoved() throws {
        let other = StateText.resource("aws_instance.other", StateText.instance(#"{"id": "i-2"}"#))
        #expect(try summary(diff([web], [web, other])) == ["add aws_instance.other"])
        #expect(try summary(diff([web, other], [web])) == ["remove aws_instance.other"])
    }

    @Test func changedAttributesAreNamedByTheirPath() throws {
        let before = StateText.resource(
            "aws_instance.web", StateText.instance(#"{"id": "i-1", "type": "a", "tags": {"Name": "x"}, "disk": [{"size": 1, "kind": "gp3"}], "cidrs": ["a", "b"]}"#))
        let after = StateText.resource(
            "aws_instance.web", StateText.instance(#"{"id": "i-1", "type": "b", "tags": {"Name": "y", "a b": "z"}, "disk": [{"size": 2, "kind": "gp3"}], "cidrs": ["a", "c"]}"#))
        #expect(
            try summary(diff([before], [after]))
                == [#"change aws_instance.web type tags["Name"] tags["a b"] disk[0].size cidrs[1]"#])
    }

    /// `tags["a"]` also changed when all tags came or went, and did not when they came without it.
    @Test(arguments: [
        ("null", #"{"a": "1"}"#, [#"tags["a"] 1"#]), (#"{"a": "1"}"#, "null", [#"tags["a"] 1"#]), ("null", #"{"b": "1"}"#, []), (#"{"a": "1", "b": "1"}"#, #"{"a": "1", "b": "2"}"#, [#"tags["b"] 1 2"#]),
        (#""text""#, #"{"a": null}"#, []), (#"{"a": {"x": 1}}"#, "[]", [#"tags["a"] {"x":1}"#]),
    ])
    func aTracedAttributeChangesWithWhatIsAroundIt(before: String, after: String, expected: [String]) throws {
        func state(_ tags: String) -> StateText { StateText(resources: [StateText.resource("aws_x.y", StateText.instance(#"{"id": "i", "tags": \#(tags)}"#))], outputs: #"{"o": {"value": \#(tags), "type": "dynamic"}}"#) }
        func texts(_ attributes: [AttributeChange]) -> [String] {
            attributes.map { change in
                ([change.path.description] + [change.before, change.after].compactMap { $0.map { $0.string ?? String(decoding: $0.canonicalBytes, as: UTF8.self) } }).joined(separator: " ")
            }
        }
        let traced = try #require(AttributePath(parsing: "tags.a"))
        let diff = try StateDiff(from: state(before).state, to: state(after).state, tracing: traced)
        #expect(texts(diff.changes.flatMap(\.attributes)) == expected.map { $0.replacing(#"tags["a"]"#, with: "tags.a") })
        let output = try StateDiff(from: state(before).state, to: state(after).state, tracing: AttributePath(parsing: "value.a"))
        #expect(texts(output.outputs.flatMap(\.attributes)) == expected.map { $0.replacing(#"tags["a"]"#, with: "value.a").replacing("tags", with: "value") })
    }

    @Test func anotherObjectUnderTheSameAddressIsReplaced() throws {
        let after = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-9", "type": "t3.medium"}"#))
        #expect(try summary(diff([web], [after])) == ["replace aws_instance.web id"])
    }

    @Test func aDataSourceWithAnotherIDIsChangedNotReplaced() throws {
        let before = StateText.resource("data.aws_ami.base", StateText.instance(#"{"id": "ami-1"}"#))
        let after = StateText.resource("data.aws_ami.base", StateText.instance(#"{"id": "ami-2"}"#))
        #expect(try summary(diff([before], [after])) == ["change data.aws_ami.base id"])
    }

    @Test func theSameObjectUnderAnotherAddressHasMoved() throws {
        let after = StateText.resource("aws_instance.frontend", StateText.instance(#"{"id": "i-1", "type": "t3.large"}"#))
        #expect(try summary(diff([web], [after])) == ["move aws_instance.web -> aws_instance.frontend type"])
    }

    @Test func objectsThatMoveUpInACountAreMovesNotReplacements() throws {
        func instance(_ index: Int, _ id: String) -> String { StateText.instance("{\"id\": \"\(id)\"}", ", \"index_key\": \(index)") }
        let before = StateText.resource("aws_instance.web", instance(0, "i-a"), instance(1, "i-b"), instance(2, "i-c"))
        let after = StateText.resource("aws_instance.web", instance(0, "i-b"), instance(1, "i-c"))
        #expect(
            try summary(diff([before], [after])) == [
                "remove aws_instance.web[0]", "move aws_instance.web[1] -> aws_instance.web[0]", "move aws_instance.web[2] -> aws_instance.web[1]",
            ])
    }

    @Test func countThatBecomesForEachIsAMove() throws {
        let before = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-a"}"#, ", \"index_key\": 0"))
        let after = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-a"}"#, ", \"index_key\": \"blue\""))
        #expect(try summary(diff([before], [after])) == [#"move aws_instance.web[0] -> aws_instance.web["blue"]"#])
    }

    @Test func idsThatAreNotUniqueMoveNothing() throws {
        let before = [StateText.resource("random_password.a", StateText.instance(#"{"id": "none", "length": 1}"#)), StateText.resource("random_password.b", StateText.instance(#"{"id": "none", "length": 2}"#))]
        let after = [StateText.resource("random_password.c", StateText.instance(#"{"id": "none", "length": 3}"#)), before[1]]
        #expect(try Set(summary(diff(before, after))) == ["add random_password.c", "remove random_password.a"])
    }

    @Test func resourcesWithoutAnIDMoveWhenEveryAttributeIsEqual() throws {
        let before = StateText.resource("aws_thing.a", StateText.instance(#"{"x": "1", "y": [1]}"#))
        let after = StateText.resource("aws_thing.b", StateText.instance(#"{"y": [1], "x": "1"}"#))
        #expect(try summary(diff([before], [after])) == ["move aws_thing.a -> aws_thing.b"])
    }

    @Test func taintAndUntaintAreSeen() throws {
        let tainted = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-1", "type": "t3.medium"}"#, #", "status": "tainted""#))
        #expect(try summary(diff([web], [tainted])) == ["taint aws_instance.web"])
        #expect(try summary(diff([tainted], [web])) == ["untaint aws_instance.web"])
    }

    @Test func deposedObjectsComeAndGo() throws {
        let deposed = StateText.resource(
            "aws_instance.web", StateText.instance(#"{"id": "i-2", "type": "t3.medium"}"#), StateText.instance(#"{"id": "i-1", "type": "t3.medium"}"#, #", "deposed": "a1b2c3d4""#))
        let current = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-2", "type": "t3.medium"}"#))
        #expect(try summary(diff([web], [deposed])).sorted() == ["depose aws_instance.web", "replace aws_instance.web id"])
        #expect(try summary(diff([deposed], [current])) == ["undepose aws_instance.web"])
        #expect(try diff([deposed], [current]).changes.first?.deposedKey == "a1b2c3d4")
    }

    @Test func nullAndAbsentAreTheSame() throws {
        let after = StateText.resource("aws_instance.web", StateText.instance(#"{"id": "i-1", "type": "t3.medium", "new_in_the_provider": null}"#))
        #expect(try diff([web], [after]).isEmpty)
        #expect(try diff([after], [web]).isEmpty)
    }

    @Test func bookkeepingOfTerraformIsNoChange() throws {
        let after = StateText.resource(
            "aws_instance.web", StateText.instance(#"{"type": "t3.medium", "id": "i-1"}"#, #", "private": "bnVsbA==", "dependencies": ["aws_vpc.main"]"#))
        #expect(try diff([web], [after]).isEmpty)
    }

    @Test func setsHaveNoOrderAndListsHave() throws {
        struct Sets: AttributeKnowledge {
            func isSet(type: String, mode: ResourceMode?, path: AttributePath) -> Bool? { path.description == "set" }
            func isSensitive(type: String, mode: ResourceMode?, path: AttributePath) -> Bool { false }
        }
        let before = StateText.resource("x_y.z", StateText.instance(#"{"id": "1", "set": ["a", "b", "c"], "list": ["a", "b"]}"#))
        let after = StateText.resource("x_y.z", StateText.instance(#"{"id": "1", "set": ["c", "a", "b"], "list": ["b", "a"]}"#))
        #expect(try summary(diff([before], [after], schema: Sets())) == ["change x_y.z list[0] list[1]"])
    }

    @Test func anElementInsertedIntoAListIsOneChange() throws {
        let before = StateText.resource("x_y.z", StateText.instance(#"{"id": "1", "list": ["a", "b", "c"], "blocks": [{"n": 1, "v": "p"}, {"n": 2, "v": "q"}]}"#))
        let after = StateText.resource("x_y.z", StateText.instance(#"{"id": "1", "list": ["a", "x", "b", "c"], "blocks": [{"n": 2, "v": "r"}]}"#))
        let paths = try diff([before], [after]).changes.flatMap(\.attributes).map(\.path.description)
        #expect(paths.sorted() == ["blocks[0]", "blocks[0].v", "list[1]"])
    }

    @Test func embeddedJSONIsComparedAsJSON() throws {
        func policy(_ text: String) -> String { StateText.resource("aws_iam_policy.p", StateText.instance("{\"id\": \"p\", \"policy\": \"\(text)\"}")) }
        let spaced = policy(#"{ \"Version\": \"1\",\n \"Statement\": [{\"Action\": \"s3:*\"}] }"#)
        let tight = policy(#"{\"Statement\":[{\"Action\":\"s3:*\"}],\"Version\":\"1\"}"#)
        let other = policy(#"{\"Statement\":[{\"Action\":\"s3:Get*\"}],\"Version\":\"1\"}"#)
        #expect(try diff([spaced], [tight]).isEmpty)
        #expect(try summary(diff([spaced], [other])) == ["change aws_iam_policy.p policy.Statement[0].Action"])
    }

    @Test func numbersAreComparedByValueAndBigOnesExactly() throws {
        func number(_ text: String) -> String { StateText.resource("x_y.z", StateText.instance("{\"id\": \"1\", \"n\": \(text)}")) }
        #expect(try diff([number("1")], [number("1.0")]).isEmpty)
        #expect(try summary(diff([number("12345678901234567890123")], [number("12345678901234567890124")])) == ["change x_y.z n"])
    }

    @Test func outputsAreCompared() throws {
        let before = StateText(outputs: #"{"a": {"value": "1", "type": "string"}, "b": {"value": {"x": [1, 2]}, "type": ["object", {}]}, "gone": {"value": 1, "type": "number"}}"#)
        let after = StateText(outputs: #"{"a": {"value": "1", "type": "string"}, "b": {"value": {"x": [1, 3]}, "type": ["object", {}]}, "new": {"value": 1, "type": "number"}}"#)
        let outputs = try StateDiff(from: before.state, to: after.state).outputs
        #expect(outputs.map { "\($0.action) \($0.name) \($0.attributes.map(\.path.description))" } == [#"change b ["value[\"x\"][1]"]"#, #"remove gone ["value"]"#, #"add new ["value"]"#])
    }

    @Test func anotherLineageIsTold() throws {
        let result = try StateDiff(from: StateText(lineage: "a").state, to: StateText(lineage: "b").state)
        #expect(result.generation.isOtherLineage)
    }
}

@Suite struct SensitiveChangeTests {
    private func sensitivity(_ before: String, _ after: String, _ extra: String = "", outputs: String = "{}") throws -> [String: Bool] {
        let old = StateText(resources: [StateText.resource("x_y.z", StateText.instance(before, extra))], outputs: outputs)
        let new = StateText(resources: [StateText.resource("x_y.z", StateText.instance(after, extra))], outputs: outputs)
        let changes = try StateDiff(from: old.state, to: new.state).changes
        return Dictionary(uniqueKeysWithValues: changes.flatMap(\.attributes).map { ($0.path.description, $0.isSensitive) })
    }

    @Test func pathsThatTheStateMarksAreHidden() throws {
        let marks = #", "sensitive_attributes": [[{"type": "get_attr", "value": "a"}], [{"type": "get_attr", "value": "m"}, {"type": "index", "value": {"value": "k", "type": "string"}}]]"#
        let result = try sensitivity(#"{"a": "1", "b": "1", "m": {"k": "1", "l": "1"}}"#, #"{"a": "2", "b": "2", "m": {"k": "2", "l": "2"}}"#, marks)
        #expect(result == ["a": true, "b": false, #"m["k"]"#: true, #"m["l"]"#: false])
    }

    @Test func secretsAreHiddenByNameAndShape() throws {
        let result = try sensitivity(
            #"{"master_password": "a", "http_tokens": "optional", "pem": "x", "url": "postgres://u:hunter2@h/d", "env": [{"name": "DB_PASSWORD", "value": "v1"}]}"#,
            #"{"master_password": "b", "http_tokens": "required", "pem": "-----BEGIN PRIVATE KEY-----", "url": "postgres://u:hunter3@h/d", "env": []}"#)
        #expect(result == ["master_password": true, "http_tokens": false, "pem": true, "url": true, "env[0]": true])
    }

    @Test func copiesOfASecretAreHiddenWhereverTheyStand() throws {
        let marks = #", "sensitive_attributes": [[{"type": "get_attr", "value": "a"}]]"#
        let result = try sensitivity(#"{"a": "hunter2hunter2", "copy": "x", "script": "y"}"#, #"{"a": "hunter2hunter2", "copy": "hunter2hunter2", "script": "login --with hunter2hunter2"}"#, marks)
        #expect(result == ["copy": true, "script": true])
    }

    @Test func sensitiveOutputsAreHidden() throws {
        let before = StateText(outputs: #"{"a": {"value": "1", "type": "string", "sensitive": true}, "db_password": {"value": "1", "type": "string"}, "c": {"value": "1", "type": "string"}}"#)
        let after = StateText(outputs: #"{"a": {"value": "2", "type": "string", "sensitive": true}, "db_password": {"value": "2", "type": "string"}, "c": {"value": "2", "type": "string"}}"#)
        let outputs = try StateDiff(from: before.state, to: after.state).outputs
        #expect(outputs.map { $0.attributes.map(\.isSensitive) } == [[true], [false], [true]])
    }
}
