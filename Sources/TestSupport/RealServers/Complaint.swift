import Glibc

/// Says something on standard error that must not be overlooked.
func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(2, bytes, bytes.count)
}
