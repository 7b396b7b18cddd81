internal import CCurl

/// A libcurl easy handle with the buffer for its error text, used for one transfer after the other.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    /// The first option that libcurl refused since the last reset. A transfer whose protections may be missing is not
    /// started.
    private(set) var refusal: CURLcode?
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
        refusal = nil
        tfc_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    }

    func set(_ option: CURLoption, _ value: Int) { check(tfc_setopt_long(easy, option, value)) }
    func set(_ option: CURLoption, _ value: String?) { check(tfc_setopt_string(easy, option, value)) }
    func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) { check(tfc_setopt_pointer(easy, option, pointer)) }

    /// Takes note of what setting an option returned.
    func check(_ code: CURLcode) {
        if code != CURLE_OK, refusal == nil { refusal = code }
    }
}
