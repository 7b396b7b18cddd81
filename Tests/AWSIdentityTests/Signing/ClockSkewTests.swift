import Testing
import Timestamps

@testable import AWSIdentity

@Suite("Clock skew") struct ClockSkewTests {
    let now = Timestamp(seconds: 1_700_000_000)

    private func learns(_ skew: inout ClockSkew, _ endpoint: String, code: String, date: String) -> Bool {
        skew.learn(endpoint: endpoint, code: code, date: date, now: now)
    }

    @Test("a refusal with a far Date teaches the offset of that endpoint only") func learns() {
        var skew = ClockSkew()
        let server = now + .seconds(86_400)
        #expect(learns(&skew, "a", code: "RequestTimeTooSkewed", date: server.httpDate))
        #expect(skew.time(at: "a", now: now) == server)
        #expect(skew.time(at: "b", now: now) == now)
        let back = now - .seconds(86_400)
        #expect(learns(&skew, "b", code: "SignatureDoesNotMatch", date: back.rfc3339))
        #expect(skew.time(at: "b", now: now) == back)
    }

    @Test("once learnt, the same answer teaches nothing new, so nobody retries for ever") func learnsOnce() {
        var skew = ClockSkew()
        let server = now + .seconds(3600)
        #expect(learns(&skew, "a", code: "RequestTimeTooSkewed", date: server.httpDate))
        #expect(!learns(&skew, "a", code: "RequestTimeTooSkewed", date: server.httpDate))
    }

    @Test("four minutes or less, another error or no date is no skew") func otherCauses() {
        var skew = ClockSkew()
        let near = (now + .seconds(240)).httpDate
        let far = (now + .seconds(241)).httpDate
        #expect(!learns(&skew, "a", code: "RequestTimeTooSkewed", date: near))
        #expect(!learns(&skew, "a", code: "NoSuchKey", date: far))
        #expect(!learns(&skew, "a", code: "RequestTimeTooSkewed", date: "yesterday"))
        #expect(skew.offsets.isEmpty)
        #expect(learns(&skew, "a", code: "RequestTimeTooSkewed", date: far))
    }
}
