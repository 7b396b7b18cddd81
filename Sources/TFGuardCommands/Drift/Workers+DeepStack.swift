import Glibc
import StackParity

extension Workers {
    /// One worker for each processor, each with a deep stack; the first is the calling thread, which must have one already.
    static let deep = Workers(count: processors) { body in
        withoutActuallyEscaping(body) { body in
            // Workers take their parts themselves: one that cannot be had is not missed.
            let threads = (1..<processors).compactMap { DeepThread(Worker($0, body)) }
            body(0)
            for thread in threads { thread.join() }
        }
    }

    /// More of them only wait for memory.
    private static let processors = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16)
}

private final class Worker: DeepThread.Job {
    private let number: Int
    private let body: @Sendable (Int) -> Void

    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
        self.number = number
        self.body = body
    }

    override func run() { body(number) }
}
