internal import CCurl
internal import Glibc

/// The C functions that libcurl calls on the transport thread. Their user data is the running ``Transfer``, which the
/// loop keeps alive.
enum TransferCallbacks {
    static let write: curl_write_callback = { bytes, size, count, context in
        guard let context else { return 0 }
        let length = size * count
        switch transfer(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: length)) {
        case .taken: return length
        case .paused: return Int(CURL_WRITEFUNC_PAUSE)
        case nil: return 0
        }
    }

    static let header: curl_write_callback = { bytes, size, count, context in
        guard let context else { return 0 }
        let length = size * count
        return transfer(context).takeHeader(UnsafeRawBufferPointer(start: bytes, count: length)) ? length : 0
    }

    static let read: curl_read_callback = { bytes, size, count, context in
        guard let context else { return Int(CURL_READFUNC_ABORT) }
        switch transfer(context).giveBody(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) {
        case .bytes(let length): return length
        case .wait: return Int(CURL_READFUNC_PAUSE)
        case .end: return 0
        case .failed: return Int(CURL_READFUNC_ABORT)
        }
    }

    static let seek: curl_seek_callback = { context, offset, origin in
        guard let context, offset == 0, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
        return transfer(context).rewindBody() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
    }

    /// libcurl opens sockets without close-on-exec; a child process must not inherit a connection.
    static let socketOpened: curl_sockopt_callback = { _, socket, _ in
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        return CURL_SOCKOPT_OK
    }

    private static func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
        Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}
