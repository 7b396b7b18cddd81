/// Decides which transfers may run: at most `maxTotal` at a time and `maxPerHost` to one host. Who waits is served in
/// the order of arrival, except that a full host does not hold up the others. A pure state machine.
struct AdmissionQueue<Ticket> {
    private struct Lane {
        var running = 0
        /// Waiting tickets with their place in the order of arrival; served from `head`.
        var waiting: [(arrival: Int, ticket: Ticket)] = []
        var head = 0

        mutating func take() -> Ticket {
            let ticket = waiting[head].ticket
            head += 1
            running += 1
            if head > 64, head * 2 > waiting.count {
                waiting.removeFirst(head)
                head = 0
            }
            return ticket
        }
    }

    private let maxTotal: Int
    private let maxPerHost: Int
    private var lanes: [String: Lane] = [:]
    private var arrivals = 0
    private(set) var running = 0

    init(maxTotal: Int, maxPerHost: Int) {
        self.maxTotal = maxTotal
        self.maxPerHost = maxPerHost
    }

    /// Queues a ticket for a host. It runs when ``next()`` returns it.
    mutating func enqueue(_ ticket: Ticket, host: String) {
        lanes[host, default: Lane()].waiting.append((arrivals, ticket))
        arrivals += 1
    }

    /// The ticket that may start now and its place taken, nil when none may.
    mutating func next() -> Ticket? {
        guard running < maxTotal else { return nil }
        var chosen: String?
        var earliest = Int.max
        for (host, lane) in lanes where lane.head < lane.waiting.count && lane.running < maxPerHost {
            let arrival = lane.waiting[lane.head].arrival
            if arrival < earliest { (chosen, earliest) = (host, arrival) }
        }
        guard let chosen else { return nil }
        running += 1
        return lanes[chosen]?.take()
    }

    /// Gives the place of a ticket of `host` back.
    mutating func release(host: String) {
        guard var lane = lanes[host], lane.running > 0 else { return }
        running -= 1
        lane.running -= 1
        lanes[host] = lane.running == 0 && lane.head == lane.waiting.count ? nil : lane
    }

    /// Removes and returns everyone who waits, in order of arrival.
    mutating func drain() -> [Ticket] {
        let waiting = lanes.values.flatMap { $0.waiting[$0.head...] }.sorted { $0.arrival < $1.arrival }
        for host in lanes.keys { lanes[host]?.waiting.removeAll(); lanes[host]?.head = 0 }
        return waiting.map(\.ticket)
    }
}
