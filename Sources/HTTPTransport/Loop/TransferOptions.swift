internal import CCurl

extension Transfer {
    /// Tells the handle everything about this transfer.
    func configure(_ handle: EasyHandle, configuration: CurlConfiguration) {
        handle.reset()
        let request = prepared.request
        let me = Unmanaged.passUnretained(self).toOpaque()
        handle.set(CURLOPT_URL, request.url)
        handle.check(tfc_allow_http_only(handle.easy))
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_HTTP_CONTENT_DECODING, 0)
        tfc_abandon_resolver_on_cancel(handle.easy)
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        handle.set(CURLOPT_TCP_KEEPALIVE, 1)
        handle.set(CURLOPT_BUFFERSIZE, 128 << 10)
        handle.set(CURLOPT_PRIVATE, pointer: me)
        handle.set(CURLOPT_WRITEDATA, pointer: me)
        handle.set(CURLOPT_HEADERDATA, pointer: me)
        handle.check(tfc_setopt_write(handle.easy, CURLOPT_WRITEFUNCTION, TransferCallbacks.write))
        handle.check(tfc_setopt_write(handle.easy, CURLOPT_HEADERFUNCTION, TransferCallbacks.header))
        handle.check(tfc_setopt_sockopt(handle.easy, TransferCallbacks.socketOpened))
        setMethodAndBody(handle, me)
        setHeaders(handle, userAgent: configuration.userAgent)
        setLimits(handle, request.limits)
        setTrust(handle, request.trust)
        setProxy(handle, configuration.proxy)
    }

    private func setMethodAndBody(_ handle: EasyHandle, _ me: UnsafeMutableRawPointer) {
        let method = prepared.request.method
        let length = prepared.request.body.length ?? (method == "PUT" || method == "POST" ? 0 : nil)
        if let length {
            handle.set(CURLOPT_UPLOAD, 1)
            handle.check(tfc_setopt_offset(handle.easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(length)))
            handle.check(tfc_setopt_read(handle.easy, TransferCallbacks.read))
            handle.set(CURLOPT_READDATA, pointer: me)
            handle.check(tfc_setopt_seek(handle.easy, TransferCallbacks.seek))
            handle.set(CURLOPT_SEEKDATA, pointer: me)
        } else if method == "HEAD" {
            handle.set(CURLOPT_NOBODY, 1)
        } else {
            handle.set(CURLOPT_HTTPGET, 1)
        }
        // libcurl repeats a request by itself when a reused connection closes without an answer. A body it cannot rewind
        // stops that; what has none and is no mere reading (CopyObject, DeleteObject) gets a connection of its own.
        if length ?? 0 == 0, !["GET", "HEAD", "OPTIONS"].contains(method) { handle.set(CURLOPT_FRESH_CONNECT, 1) }
        if length == nil ? method != "GET" && method != "HEAD" : method != "PUT" { handle.set(CURLOPT_CUSTOMREQUEST, method) }
    }

    private func setHeaders(_ handle: EasyHandle, userAgent: String) {
        headerLines = nil
        func append(_ line: String) {
            // On lack of memory libcurl returns nil and leaves the list as it was.
            if let longer = curl_slist_append(headerLines, line) { headerLines = longer } else { handle.check(CURLE_OUT_OF_MEMORY) }
        }
        for field in prepared.request.headers where !field.name.equalsIgnoringASCIICase("content-length") {
            // libcurl takes "Name:" as "leave it out"; the form with a semicolon sends an empty value.
            append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // Below 1 MiB the round trip of "100 Continue" costs more than it can save.
        if prepared.request.body.length ?? 0 < 1 << 20, !prepared.request.headers.contains("expect") { append("Expect:") }
        if !prepared.request.headers.contains("accept") { append("Accept:") }
        handle.check(tfc_setopt_list(handle.easy, CURLOPT_HTTPHEADER, headerLines))
        if !userAgent.isEmpty, !prepared.request.headers.contains("user-agent") { handle.set(CURLOPT_USERAGENT, userAgent) }
    }

    private func setLimits(_ handle: EasyHandle, _ limits: HTTPLimits) {
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connectTimeout.milliseconds))
        handle.set(CURLOPT_LOW_SPEED_LIMIT, max(1, limits.stallBytesPerSecond))
        handle.set(CURLOPT_LOW_SPEED_TIME, max(1, limits.stallTime.milliseconds / 1000))
        if let deadline = limits.deadline { handle.set(CURLOPT_TIMEOUT_MS, max(1, deadline.milliseconds)) }
    }

    private func setTrust(_ handle: EasyHandle, _ trust: TLSTrust) {
        guard prepared.location.isTLS else { return }
        handle.set(CURLOPT_SSL_VERIFYPEER, 1)
        handle.set(CURLOPT_SSL_VERIFYHOST, 2)
        handle.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard trust.origin != .system else { return }
        // What is not named is set to nothing, or libcurl would add its own store.
        handle.set(CURLOPT_CAINFO, trust.file)
        handle.set(CURLOPT_CAPATH, trust.directory)
        handle.set(CURLOPT_PROXY_CAINFO, trust.file)
        handle.set(CURLOPT_PROXY_CAPATH, trust.directory)
    }

    private func setProxy(_ handle: EasyHandle, _ proxy: ProxySetting) {
        // Credentials for this machine over http:// must not make a detour over another one.
        if prepared.request.proxyBypass || prepared.carriesPlaintextCredentials && prepared.location.isLoopback {
            handle.set(CURLOPT_NOPROXY, "*")
            return
        }
        switch proxy {
        case .environment: break
        case .direct: handle.set(CURLOPT_NOPROXY, "*")
        case .url(let url, let bypass):
            handle.set(CURLOPT_PROXY, url)
            handle.set(CURLOPT_NOPROXY, bypass)
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up so that a positive duration never becomes "no limit", and at most the 24 days that
    /// libcurl takes.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
