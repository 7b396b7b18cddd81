import Glibc

/// Does work on a thread whose stack holds recursion as deep as a state may nest, and waits for it.
///
/// A state may nest 10 000 levels (``StateJSON``'s limit and that of Terraform's own decoder), and comparing two stacks
/// goes down into values. The concurrency pool's threads have half a megabyte each. The room is only reserved: pages that no recursion
/// reaches cost nothing.
enum DeepStack {
    /// Some 100 KB for each of the 10 000 levels: several frames of an unoptimised build.
    private static let size = 1 << 30

    /// The result of `body`. It runs on the calling thread when the system grants no thread of that size.
    static func run<Result>(_ body: () -> Result) -> Result {
        withoutActuallyEscaping(body) { body in
            let work = Work(body)
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            defer { pthread_attr_destroy(&attributes) }
            var thread = pthread_t()
            guard pthread_attr_setstacksize(&attributes, size) == 0 else { return body() }
            let context = Unmanaged.passRetained(work as AnyObject)
            let code = pthread_create(
                &thread, &attributes,
                { context in
                    guard let context else { return nil }
                    (Unmanaged<AnyObject>.fromOpaque(context).takeRetainedValue() as? any Runnable)?.run()
                    return nil
                }, context.toOpaque())
            guard code == 0 else {
                context.release()
                return body()
            }
            pthread_join(thread, nil)
            return work.result ?? body()
        }
    }
}

private protocol Runnable: AnyObject {
    func run()
}

/// What the thread is to do, and what came of it. The caller waits, so that two threads never touch it at once.
private final class Work<Result>: Runnable {
    private let body: () -> Result
    private(set) var result: Result?

    init(_ body: @escaping () -> Result) {
        self.body = body
    }

    func run() {
        result = body()
    }
}
