import Synchronization

/// Holds a handler's thread until a test opens it.
public final class Latch: Sendable {
    private let opened = Atomic<Bool>(false)

    public init() {}

    public func open() { opened.store(true, ordering: .releasing) }

    /// Blocks the calling thread; for handlers, never in a task.
    public func wait() {
        while !opened.load(ordering: .acquiring) { Socket.sleep(.milliseconds(1)) }
    }
}
