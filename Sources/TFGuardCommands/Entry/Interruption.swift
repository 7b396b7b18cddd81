import Glibc
import Synchronization

/// Ctrl-C and termination signals: the first asks the work to stop at its next safe point, the second ends at once.
///
/// A signal handler writes a byte into a pipe and a thread reads it. Handlers, unlike blocked or ignored signals, are
/// not inherited by the processes that credentials may come from.
final class Interruption: Sendable {
    private let asked = Atomic<Bool>(false)
    private let cancel: @Sendable () -> Void

    /// Whether a signal came.
    var wasRequested: Bool { asked.load(ordering: .acquiring) }

    /// - Parameter cancel: called once, at the first signal, on a thread of its own.
    init(cancel: @escaping @Sendable () -> Void) {
        self.cancel = cancel
        guard let reader = SignalPipe.open() else { return }
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { SignalPipe.raise($0) } }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Watch(reader: reader, interruption: self))
        let code = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Watch>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        if code == 0 { pthread_detach(thread) } else { context.release() }
    }

    /// Gives the signals their usual effect again.
    func stop() {
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    }

    fileprivate func request() {
        asked.store(true, ordering: .releasing)
        StandardError.write("\ntfguard: stopping at the next safe point; once more stops at once\n")
        cancel()
    }

    /// What the thread holds.
    private final class Watch: Sendable {
        let reader: Int32
        let interruption: Interruption

        init(reader: Int32, interruption: Interruption) {
            self.reader = reader
            self.interruption = interruption
        }

        func run() {
            var byte: UInt8 = 0
            var count = 0
            while true {
                let read = Glibc.read(reader, &byte, 1)
                if read < 0, errno == EINTR { continue }
                guard read == 1 else { return }
                count += 1
                if count > 1 { _exit(130) }
                interruption.request()
            }
        }
    }
}
