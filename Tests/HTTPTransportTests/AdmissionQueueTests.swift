@testable import HTTPTransport
import Testing

@Suite struct AdmissionQueueTests {
    @Test func ticketsStartInOrderUpToTheLimitOfTheirHost() {
        var queue = AdmissionQueue<Int>(maxTotal: 10, maxPerHost: 2)
        for ticket in 0..<5 { queue.enqueue(ticket, host: "a") }
        #expect(queue.next() == 0)
        #expect(queue.next() == 1)
        #expect(queue.next() == nil)
        queue.release(host: "a")
        #expect(queue.next() == 2)
        #expect(queue.next() == nil)
    }

    @Test func aFullHostDoesNotHoldUpTheOthers() {
        var queue = AdmissionQueue<String>(maxTotal: 10, maxPerHost: 1)
        for ticket in ["a1", "a2", "b1"] { queue.enqueue(ticket, host: String(ticket.prefix(1))) }
        #expect(queue.next() == "a1")
        #expect(queue.next() == "b1")
        #expect(queue.next() == nil)
    }

    @Test func theOverallLimitHoldsAcrossHostsInOrderOfArrival() {
        var queue = AdmissionQueue<Int>(maxTotal: 2, maxPerHost: 2)
        for ticket in 0..<6 { queue.enqueue(ticket, host: "\(ticket % 3)") }
        #expect(queue.next() == 0)
        #expect(queue.next() == 1)
        #expect(queue.next() == nil)
        queue.release(host: "1")
        #expect(queue.next() == 2)
        queue.release(host: "0")
        #expect(queue.next() == 3)
        #expect(queue.running == 2)
    }

    @Test func thousandsOfTicketsPassInOrder() {
        var queue = AdmissionQueue<Int>(maxTotal: 4, maxPerHost: 4)
        for ticket in 0..<10_000 { queue.enqueue(ticket, host: "a") }
        var served: [Int] = []
        while let ticket = queue.next() {
            served.append(ticket)
            queue.release(host: "a")
        }
        #expect(served == Array(0..<10_000))
        #expect(queue.running == 0)
    }

    @Test func drainGivesBackWhoeverWaits() {
        var queue = AdmissionQueue<Int>(maxTotal: 1, maxPerHost: 1)
        for ticket in 0..<4 { queue.enqueue(ticket, host: "\(ticket % 2)") }
        #expect(queue.next() == 0)
        #expect(queue.drain() == [1, 2, 3])
        #expect(queue.next() == nil)
    }

    @Test func releasingAnUnknownHostChangesNothing() {
        var queue = AdmissionQueue<Int>(maxTotal: 1, maxPerHost: 1)
        queue.release(host: "never")
        #expect(queue.running == 0)
    }
}
