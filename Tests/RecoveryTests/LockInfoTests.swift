import Recovery
import Testing
import Timestamps

@Suite struct LockInfoTests {
    /// Written by Terraform 1.11.4.
    private let written = #"{"ID":"41564fba-e6c5-5e89-534f-b53733281637","Operation":"OperationTypeApply","Info":"","Who":"root@vm","Version":"1.11.4","Created":"2026-11-22T14:07:46.786971922Z","Path":"tfstate-1795356465/env/prod/terraform.tfstate"}"#

    @Test func readsAndWritesTerraformsLockByteForByte() throws {
        let info = try #require(LockInfo(json: Array(written.utf8)))
        #expect(info.who == "root@vm" && info.operation == "OperationTypeApply" && !info.isOurs)
        #expect(info.created == Timestamp(rfc3339: "2026-11-22T14:07:46.786971922Z"))
        #expect(String(decoding: info.json, as: UTF8.self) == written)
    }

    @Test func escapesAsGoDoes() {
        let info = LockInfo(id: "x", operation: "tfguard-restore", info: "a<b>&\"\\\n\t\u{1}\u{2028}é", who: "u@h", version: "1", created: Timestamp(seconds: 0), path: "b/k")
        #expect(info.isOurs)
        let text = String(decoding: info.json, as: UTF8.self)
        #expect(text.contains(#""Info":"a\u003cb\u003e\u0026\"\\\n\t\u0001\u2028é""#))
        #expect(text.contains(#""Created":"1970-01-01T00:00:00Z""#))
        #expect(LockInfo(json: info.json) == info)
    }

    @Test(arguments: ["", "{}", "null", "[]", #"{"ID":""}"#, #"{"ID":7}"#, "{\"ID\":\"x\""]) func garbageIsNoLockInfo(text: String) {
        #expect(LockInfo(json: Array(text.utf8)) == nil)
    }
}
