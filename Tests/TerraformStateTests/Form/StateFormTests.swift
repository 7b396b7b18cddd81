import StateJSON
import TerraformState
import Testing

@Suite struct StateFormTests {
    func form(_ text: String) -> StateForm { StateForm.recognise(StateBytes(text.utf8)) }
    func form(_ bytes: [UInt8]) -> StateForm { StateForm.recognise(StateBytes(bytes)) }
    let good = Fixtures.full

    @Test func recognisesAVersion4State() {
        guard case .state(let summary) = form(good) else { return #expect(Bool(false), "\(form(good))") }
        #expect(summary.generation.serial == 7 && summary.instanceCount == 5 && summary.resourceCount == 3)
    }

    @Test func recognisesDamage() {
        #expect(form("") == .zeroBytes)
        #expect(form(" \n") == .whitespace(count: 2))
        #expect(form([UInt8](repeating: 0, count: 100)) == .nulBytes(offset: 0, count: 100))
        #expect(form(String(good.prefix(500))) == .truncated(offset: 500))
        #expect(form(String(good.dropLast(2))) == .truncated(offset: good.utf8.count - 2))
        #expect(form(good + good) == .twoDocuments(offset: good.utf8.count))
        #expect(form(good + "x") == .trailingBytes(offset: good.utf8.count))
        #expect(
            form(good.replacing("\"serial\"", with: "<<<<<<< HEAD\n\"serial\""))
                == .mergeConflict(
                    offset: good.utf8.distance(from: good.startIndex, to: good.firstRange(of: "\"serial\"")?.lowerBound ?? good.startIndex))
        )
        #expect(form("<<<<<<< HEAD\n{}\n=======\n") == .mergeConflict(offset: 0))
        #expect(form("{\"a\": x}").code == "syntax-error")
        var bytes = Array(good.utf8)
        bytes.replaceSubrange(200..<264, with: repeatElement(0, count: 64))
        #expect(form(bytes) == .nulBytes(offset: 200, count: 64))
        bytes = Array(good.utf8)
        bytes[bytes.firstRange(of: Array("example".utf8))?.lowerBound ?? 0] = 0xFF
        #expect(form(bytes).code == "invalid-utf-8")
    }

    @Test func recognisesWrappings() {
        #expect(form([0xEF, 0xBB, 0xBF] + Array(good.utf8)) == .byteOrderMark)
        let units = good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(form([0xFF, 0xFE] + units) == .utf16(bigEndian: false))
        #expect(form(units) == .utf16(bigEndian: false))
        #expect(form(good.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == .utf16(bigEndian: true))
        #expect(form([0x1F, 0x8B, 8, 0]) == .gzip)
        #expect(form([0x28, 0xB5, 0x2F, 0xFD, 0]) == .zstd)
        #expect(form([0x50, 0x4B, 3, 4]) == .zipArchive)
        #expect(form("tfstate\u{1}x") == .binaryState)
    }

    @Test func recognisesUploadFramingThatWasStored() {
        let size = String(good.utf8.count, radix: 16)
        #expect(form("\(size)\r\n\(good)\r\n0\r\nx-amz-checksum-sha256:abc=\r\n\r\n") == .awsChunked(isComplete: true))
        #expect(
            form(
                "\(size);chunk-signature=\(String(repeating: "a", count: 64))\r\n\(good)\r\n0;chunk-signature=\(String(repeating: "b", count: 64))\r\n\r\n"
            ) == .awsChunked(isComplete: true))
        #expect(form(String("\(size)\r\n\(good)".dropLast(20))) == .awsChunked(isComplete: false))
        #expect(form("\(size)\r\n\(good)\r\n") == .awsChunked(isComplete: false))
        #expect(form("12\r\nabc") != .awsChunked(isComplete: false), "a number and a line end alone are no framing")
        #expect(form("ffffffff\r\n{").code == "aws-chunked")
    }

    @Test func recognisesOtherDocuments() {
        #expect(form("<!DOCTYPE html><html></html>") == .html)
        #expect(form("\n<html>") == .html)
        #expect(form("<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>") == .xmlError(code: "NoSuchKey"))
        #expect(form(#"{"format_version":"1.2","planned_values":{},"resource_changes":[]}"#) == .planJSON)
        #expect(form(#"{"format_version":"1.0","terraform_version":"1.11.4","values":{}}"#) == .showJSON)
        #expect(
            form(
                #"{"ID":"u","Operation":"OperationTypeApply","Info":"","Who":"root@ci","Version":"1.11.4","Created":"2026-01-01T00:00:00Z","Path":"b/k"}"#
            ) == .lockInfo(id: "u", who: "root@ci"))
        #expect(
            form(#"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{},"hash":1}}"#)
                == .backendCache(backend: "s3"))
        #expect(form(#"{"version":3,"terraform_version":"1.15.0","state_store":{"type":"aws_s3"}}"#) == .backendCache(backend: "aws_s3"))
        #expect(form("[]") == .otherJSON(.notAnObject(.array)))
        #expect(form("null") == .otherJSON(.notAnObject(.null)))
        #expect(form("{}") == .otherJSON(.noVersion))
        #expect(form(#"{"version":"4"}"#) == .otherJSON(.versionOfWrongKind))
        #expect(form(#"{"version":0}"#) == .otherJSON(.versionZero))
        #expect(form(#"{"version":5,"serial":1}"#) == .futureVersion(5))
        #expect(form(#"{"version":4,"serial":"1"}"#).code == "unreadable-fields")
    }

    @Test func countsWhatIsInOldStates() {
        let old =
            #"{"version":3,"terraform_version":"0.11.14","serial":9,"lineage":"l","backend":{"type":"s3"},"modules":[{"path":["root"],"outputs":{},"resources":{"aws_instance.web.0":{"type":"aws_instance","primary":{"id":"i-0"}},"aws_instance.web.1":{"type":"aws_instance","primary":{"id":"i-1"},"deposed":[{"id":"i-9"}]},"data.aws_ami.base":{"type":"aws_ami","primary":{"id":"ami"}}}},{"path":["root","net"],"resources":{"aws_vpc.main":{"primary":{"id":"v"}}}}]}"#
        guard case .legacy(let summary) = form(old) else { return #expect(Bool(false), "\(form(old))") }
        #expect(
            summary.formatVersion == 3 && summary.generation == Generation(serial: 9, lineage: "l") && summary.terraformVersion == "0.11.14"
        )
        #expect(summary.resourceCount == 3 && summary.instanceCount == 5)
        guard
            case .legacy(let first) = form(
                #"{"version":1,"serial":2,"modules":[{"path":["root"],"resources":{"t.n":{"primary":{"id":"x"}}}}]}"#)
        else { return #expect(Bool(false)) }
        #expect(first.formatVersion == 1 && first.resourceCount == 1 && first.generation.lineage == "")
    }

    @Test func readsTheClearPartOfAnEncryptedState() {
        let text =
            #"{"serial":12,"lineage":"l","meta":{"key_provider.aws_kms.main":"e30="},"encrypted_data":"AAAA","encryption_version":"v0"}"#
        guard case .encrypted(let envelope) = form(text) else { return #expect(Bool(false), "\(form(text))") }
        #expect(envelope.generation == Generation(serial: 12, lineage: "l"))
        #expect(envelope.keyProviders == ["key_provider.aws_kms.main"])
        guard case .encrypted(let early) = form(#"{"meta":{},"encrypted_data":"AAAA","encryption_version":"v0"}"#) else {
            return #expect(Bool(false))
        }
        #expect(early.generation == nil)
    }

    @Test func neverCrashesOnDamagedStates() {
        var state: UInt64 = 0x5EED
        func random(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        let tokens = ["{", "}", "[", "]", ",", "null", "7", "\"x\"", "true", "{}", "[[]]", "\"\"", "-1", "1e400", "\"module.\""].map {
            Array($0.utf8)
        }
        let document = (try? JSONDocument(parsing: StateBytes(good.utf8)))?.root
        var scalars: [Range<Int>] = []
        func collect(_ value: JSONValue) {
            scalars.append(value.rawRange)
            for member in value.members { collect(member.value) }
            for element in value.elements { collect(element) }
        }
        if let document { collect(document) }
        for round in 0..<1500 {
            var bytes = Array(good.utf8)
            if round % 2 == 0 {
                // A value of another kind in the place of one: still JSON, so that every field is met with every kind.
                bytes.replaceSubrange(scalars[random(scalars.count)], with: tokens[5 + random(tokens.count - 5)])
            } else {
                let at = random(bytes.count)
                bytes.replaceSubrange(at..<min(bytes.count, at + random(30)), with: tokens[random(tokens.count)])
            }
            let whole = StateBytes(bytes)
            let reading = StateReading(whole)
            let ranges = pieceBoundaries(of: whole)
            _ = problems(in: whole)
            _ = reading.verdict
            _ = reading.form.description
            _ = StateHead(prefix: bytes.prefix(300))
            for instance in reading.state?.instances ?? [] {
                _ = (instance.displayAddress, instance.sensitivePaths, instance.dependencies, instance.provider)
            }
            #expect(ranges.isEmpty == (reading.state == nil))
            #expect(
                ranges.isEmpty
                    || (ranges.first?.lowerBound == 0 && ranges.last?.upperBound == bytes.count
                        && zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
            )
        }
    }
}
