internal import Synchronization

/// The threads that share a comparison's work.
///
/// The caller gives them, so that this module starts none of its own. Comparing goes down into values as deep as they nest:
/// who takes states from others, or more than one worker, gives threads with stacks for that.
public struct Workers: Sendable {
    /// How many bodies run at a time.
    public let count: Int
    private let perform: @Sendable (_ body: @Sendable (_ worker: Int) -> Void) -> Void

    /// Everything on the calling thread.
    public static let one = Workers(count: 1) { body in body(0) }

    /// - Parameter perform: calls its argument once for each of the numbers below `count`, at the same time as far as it can,
    ///   and returns when all calls have. A call that cannot be made may be left out, but not the one with 0.
    public init(count: Int, perform: @escaping @Sendable (_ body: @Sendable (_ worker: Int) -> Void) -> Void) {
        self.count = max(1, count)
        self.perform = perform
    }

    /// What `body` makes of each of the ranges of at most `size` that together are `0..<total`, in their order.
    ///
    /// - Parameter state: made once by each worker, and passed to all of its calls: whatever must not be shared.
    func map<State, Result: Sendable>(
        _ total: Int, size: Int, state: @Sendable () -> State, _ body: @Sendable (inout State, Range<Int>) -> Result
    ) -> [Result] {
        let parts = (total + size - 1) / size
        @Sendable func range(_ part: Int) -> Range<Int> { part * size..<min(total, (part + 1) * size) }
        guard count > 1, parts > 1 else {
            var own = state()
            return (0..<parts).map { body(&own, range($0)) }
        }
        let next = Counter(), results = Collected<Result>(parts)
        perform { _ in
            var own = state()
            while let part = next.take(below: parts) { results.set(part, body(&own, range(part))) }
        }
        return results.all
    }

    /// What the two bodies give, worked out at the same time where there are two workers.
    func both<First: Sendable, Second: Sendable>(_ first: @Sendable () -> First, _ second: @Sendable () -> Second) -> (First, Second) {
        let results = map(2, size: 1, state: {}) { _, range in
            range.lowerBound == 0 ? (first(), nil) : (nil as First?, second() as Second?)
        }
        return (results[0].0 ?? first(), results[1].1 ?? second())
    }
}

/// Hands out numbers, each once.
private final class Counter: Sendable {
    private let next = Atomic(0)

    func take(below limit: Int) -> Int? {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < limit ? number : nil
    }
}

/// Results of several workers, in their places.
private final class Collected<Result: Sendable>: Sendable {
    private let results: Mutex<[Result?]>

    init(_ count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

    func set(_ place: Int, _ result: Result) { results.withLock { $0[place] = result } }

    var all: [Result] { results.withLock { $0.compactMap(\.self) } }
}
