import Glibc

/// Standard error: messages, progress, logs. What can't be written there is lost.
enum StandardError {
    static func write(_ text: String) {
        _ = Descriptor.write(STDERR_FILENO, Array(text.utf8))
    }
}
