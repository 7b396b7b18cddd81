internal import CCurl
internal import Glibc
internal import Synchronization

/// The mailbox of the transport thread. Any task posts commands; the thread alone touches libcurl.
///
/// A process that forks without exec loses the thread and must not use the client in the child.
final class CurlLoop: Sendable {
    enum Command {
        case submit(Transfer)
        case cancel(Transfer)
        case resumeDownload(Transfer)
        case resumeUpload(Transfer)
    }

    private struct Inbox: Sendable {
        var commands: [Command] = []
        var isStopping = false
        /// Nil once the thread took it down.
        var multi: MultiHandle?
    }

    private let inbox: Mutex<Inbox>

    init(multi: MultiHandle) {
        inbox = Mutex(Inbox(multi: multi))
    }

    /// Queues a transfer. After a shutdown it fails at once.
    func submit(_ transfer: Transfer) {
        if !post(.submit(transfer)) { transfer.reject() }
    }

    func cancel(_ transfer: Transfer) {
        transfer.isCancelled.store(true, ordering: .releasing)
        _ = post(.cancel(transfer))
    }

    func resumeDownload(_ transfer: Transfer) { _ = post(.resumeDownload(transfer)) }
    func resumeUpload(_ transfer: Transfer) { _ = post(.resumeUpload(transfer)) }

    /// Asks the thread to fail what is pending and to end.
    func stop() {
        inbox.withLock { inbox in
            inbox.isStopping = true
            if let multi = inbox.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    private func post(_ command: Command) -> Bool {
        inbox.withLock { inbox in
            guard !inbox.isStopping, let multi = inbox.multi else { return false }
            inbox.commands.append(command)
            // One wake-up serves everything posted until the thread looks.
            if inbox.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
            return true
        }
    }

    /// For the thread: the commands since the last call, and whether to end.
    func collect() -> (commands: [Command], isStopping: Bool) {
        inbox.withLock { inbox in
            let commands = inbox.commands
            inbox.commands = []
            return (commands, inbox.isStopping)
        }
    }

    /// For the thread: nobody wakes the multi handle after this.
    func close() {
        inbox.withLock { inbox in
            inbox.isStopping = true
            inbox.multi = nil
        }
    }
}
