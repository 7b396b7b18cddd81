/// Why an URL is not sent, before it is known well enough to be named in a ``TransportError``.
struct RequestRefusal: Error {
    let code: TransportError.Code
}
