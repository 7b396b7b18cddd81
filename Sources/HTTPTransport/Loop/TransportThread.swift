internal import CCurl
internal import Glibc
internal import Synchronization

/// What the one thread does that owns the multi handle. Created by the client, then used by that thread only.
final class TransportThread {
    private let loop: CurlLoop
    private let multi: UnsafeMutableRawPointer
    private let configuration: CurlConfiguration
    private var queue: AdmissionQueue<Transfer>
    private var running: [ObjectIdentifier: Transfer] = [:]
    private var idleHandles: [EasyHandle] = []

    init(loop: CurlLoop, multi: MultiHandle, configuration: CurlConfiguration) {
        self.loop = loop
        self.multi = multi.pointer
        self.configuration = configuration
        queue = AdmissionQueue(maxTotal: configuration.maxTransfers, maxPerHost: configuration.maxTransfersPerHost)
        tfc_multi_setopt_long(self.multi, CURLMOPT_MAXCONNECTS, configuration.maxTransfers)
        tfc_multi_setopt_long(self.multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    /// Runs until the client stops it, then fails whoever is left.
    func run() {
        while true {
            let (commands, isStopping) = loop.collect()
            for command in commands { obey(command) }
            if isStopping { break }
            admit()
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            if reap() { continue }
            curl_multi_poll(multi, nil, 0, 1000, nil)
        }
        loop.close()
        for command in loop.collect().commands { obey(command) }
        for transfer in running.values { end(transfer, transfer.error(.shutDown)) }
        for transfer in queue.drain() { transfer.finish(transfer.error(.shutDown)) }
        idleHandles.removeAll()
        curl_multi_cleanup(multi)
    }

    private func obey(_ command: CurlLoop.Command) {
        switch command {
        case .submit(let transfer):
            if transfer.isCancelled.load(ordering: .acquiring) {
                transfer.finish(CancellationError())
            } else {
                transfer.phase = .waiting
                queue.enqueue(transfer, host: transfer.prepared.origin)
            }
        case .cancel(let transfer):
            switch transfer.phase {
            case .running: end(transfer, CancellationError())
            // Its place in the queue is dropped when its turn comes.
            case .waiting: transfer.finish(CancellationError())
            // A cancel that came before the submission shows in `isCancelled`.
            case .created, .finished: break
            }
        case .resumeDownload(let transfer):
            if transfer.phase == .running { unpause(transfer) }
        case .resumeUpload(let transfer):
            if transfer.phase == .running {
                transfer.isUploadPaused = false
                unpause(transfer)
            }
        }
    }

    /// Starts as many waiting transfers as the limits allow.
    private func admit() {
        while let transfer = queue.next() {
            guard transfer.phase == .waiting else {
                queue.release(host: transfer.prepared.origin)
                continue
            }
            guard let handle = idleHandles.popLast() ?? EasyHandle() else {
                queue.release(host: transfer.prepared.origin)
                transfer.finish(transfer.error(.library, curlCode: CURLE_OUT_OF_MEMORY))
                continue
            }
            transfer.configure(handle, configuration: configuration)
            transfer.handle = handle
            transfer.phase = .running
            transfer.startedAt = .now
            running[ObjectIdentifier(transfer)] = transfer
            if let refusal = handle.refusal {
                end(transfer, transfer.error(.library, curlCode: refusal, message: String(cString: curl_easy_strerror(refusal))))
                continue
            }
            let code = curl_multi_add_handle(multi, handle.easy)
            if code != CURLM_OK { end(transfer, transfer.error(.library, message: String(cString: curl_multi_strerror(code)))) }
        }
    }

    /// Ends the transfers that libcurl has done with. True when there were any, whose places are free now.
    private func reap() -> Bool {
        var found = false
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let result = tfc_message_result(message)
            var context: UnsafeMutableRawPointer?
            tfc_getinfo_pointer(easy, CURLINFO_PRIVATE, &context)
            guard let context else { continue }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            guard let handle = transfer.handle else { continue }
            found = true
            end(transfer, transfer.interpret(result, handle))
        }
        return found
    }

    private func end(_ transfer: Transfer, _ failure: (any Error)?) {
        if let handle = transfer.handle {
            curl_multi_remove_handle(multi, handle.easy)
            transfer.handle = nil
            idleHandles.append(handle)
            queue.release(host: transfer.prepared.origin)
        }
        if let lines = transfer.headerLines {
            transfer.headerLines = nil
            curl_slist_free_all(lines)
        }
        transfer.finish(failure)
        running[ObjectIdentifier(transfer)] = nil
    }

    private func unpause(_ transfer: Transfer) {
        guard let handle = transfer.handle else { return }
        curl_easy_pause(handle.easy, CURLPAUSE_CONT)
    }
}
