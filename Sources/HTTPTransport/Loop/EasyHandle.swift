internal import CCurl

/// A libcurl easy handle with the buffer for its error text, used for one transfer after the other.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Nil when memory is short.
    init?() {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// libcurl's words about the last failure, nil when it had none.
    var message: String? {
        errorText.pointee == 0 ? nil : String(cString: errorText)
    }

    /// Back to defaults. Connections belong to the multi handle and stay open.
    func reset() {
        curl_easy_reset(easy)
        errorText.pointee = 0
        tfc_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    }

    func set(_ option: CURLoption, _ value: Int) { tfc_setopt_long(easy, option, value) }
    func set(_ option: CURLoption, _ value: String?) { tfc_setopt_string(easy, option, value) }
    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) { tfc_setopt_pointer(easy, option, pointer) }
}
