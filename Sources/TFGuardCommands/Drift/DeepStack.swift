import Glibc

/// Does work on a thread whose stack holds recursion as deep as a state may nest, and waits for it.
///
/// A state may nest 10 000 levels (``StateJSON``'s limit and that of Terraform's own decoder), and comparing two stacks
/// goes down into values. The concurrency pool's threads have half a megabyte each.
enum DeepStack {
    /// The result of `body`. It runs on the calling thread when the system grants no thread of that size.
    static func run<Result>(_ body: () -> Result) -> Result {
        withoutActuallyEscaping(body) { body in
            let work = Work(body)
            guard let thread = DeepThread(work) else { return body() }
            thread.join()
            return work.result ?? body()
        }
    }
}

/// What a thread is to do, and what came of it. Who started it waits, so that two threads never touch it at once.
private final class Work<Result>: DeepThread.Job {
    private let body: () -> Result
    private(set) var result: Result?

    init(_ body: @escaping () -> Result) {
        self.body = body
    }

    override func run() {
        result = body()
    }
}
