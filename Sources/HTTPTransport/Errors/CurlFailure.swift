internal import CCurl

extension Transfer {
    /// What libcurl's result means, nil for success. The only place where a `CURLcode` becomes an error of ours.
    ///
    /// libcurl reports every timeout by one number; the time gone and the phase reached tell which limit was passed.
    func interpret(_ result: CURLcode, _ handle: EasyHandle) -> (any Error)? {
        if let failure { return failure }
        guard result != CURLE_OK else { return nil }
        let words = handle.message ?? String(cString: curl_easy_strerror(result))
        return error(code(of: result, handle), curlCode: result, message: Redaction.mask(words))
    }

    private func code(of result: CURLcode, _ handle: EasyHandle) -> TransportError.Code {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST: .resolve
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_OPERATION_TIMEDOUT: .timeout(timeout(handle))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR: .tls(.certificate)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .tls(.handshake)
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE: .tls(.trustUnreadable)
        case CURLE_GOT_NOTHING: .noAnswer
        case CURLE_PARTIAL_FILE: .truncated(expected: announcedLength, got: received)
        case CURLE_RECV_ERROR where proxyRefused(handle): .proxy
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND, CURLE_HTTP2, CURLE_READ_ERROR: .reset(received: received)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING: .malformedResponse
        // A single header line above libcurl's own 100 KB shows as lack of memory.
        case CURLE_OUT_OF_MEMORY where !hasHead: .headerTooLarge(limit: prepared.request.limits.maxHeaderBytes)
        case CURLE_URL_MALFORMAT: .invalidRequest("libcurl cannot read the URL")
        default: .library
        }
    }

    /// Whether the proxy answered the request for a tunnel with anything but a 2xx.
    private func proxyRefused(_ handle: EasyHandle) -> Bool {
        var status = 0
        tfc_getinfo_long(handle.easy, CURLINFO_HTTP_CONNECTCODE, &status)
        return status != 0 && !(200..<300).contains(status)
    }

    /// libcurl counts in milliseconds from a start of its own.
    private static let clockTolerance = Duration.milliseconds(10)

    private func timeout(_ handle: EasyHandle) -> TransportError.Timeout {
        var ready: curl_off_t = 0
        tfc_getinfo_offset(handle.easy, CURLINFO_PRETRANSFER_TIME_T, &ready)
        if let deadline = prepared.request.limits.deadline, ContinuousClock.now - startedAt + Self.clockTolerance >= deadline { return .deadline }
        if ready == 0 { return .connect }
        return isUploadPaused ? .bodySource : .stalled
    }
}
