/// The libcurl multi handle.
///
/// `@unchecked Sendable`: only the transport thread uses it, except for `curl_multi_wakeup`, which libcurl allows from
/// any thread as long as the handle lives; ``CurlLoop`` sees to that.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}
