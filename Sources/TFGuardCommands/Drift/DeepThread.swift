import Glibc

/// A thread with a stack of one gigabyte. That is only reserved: pages that no recursion reaches cost nothing.
struct DeepThread {
    /// What a thread does.
    class Job {
        func run() {}
    }

    /// Some 100 KB for each of the 10 000 levels that a state may nest: several frames of an unoptimised build.
    private static let stackSize = 1 << 30

    private let thread: pthread_t

    /// Starts at once; nil when the system grants no such thread.
    init?(_ job: Job) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, Self.stackSize) == 0 else { return nil }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(job)
        let code = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for its end.
    func join() { pthread_join(thread, nil) }
}
