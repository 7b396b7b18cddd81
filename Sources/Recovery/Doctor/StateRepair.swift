public import StateJSON
internal import TerraformState
internal import Vault

/// Takes the wrapping off a state that is whole inside.
public enum StateRepair {
    /// Why there is nothing to unwrap.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// Neither a state nor one in a wrapping.
        case notRepairable(form: String)

        public var description: String {
            switch self {
            case .notRepairable(let form): "\(form): no whole state is inside"
            }
        }
    }

    /// The largest state that is taken out of gzip data.
    private static let inflationLimit = 512 << 20

    /// The exact state that is inside: without byte order mark, UTF-16, UTF-32, gzip, zlib or aws-chunked framing, even one
    /// in the other. A state that has no wrapping comes back as it is.
    ///
    /// - Throws: ``Failure``.
    public static func repair(_ bytes: StateBytes) throws(Failure) -> StateBytes {
        let reading = reading(of: bytes)
        if let wrapped = reading.wrapped { return wrapped.bytes }
        switch reading.form {
        case .state, .encrypted, .legacy: return bytes
        case let form: throw .notRepairable(form: form.description)
        }
    }

    /// The plain text of a damaged file, as far as it can be had through its wrappings.
    static func front(of bytes: StateBytes) -> StateBytes {
        var bytes = bytes
        // As many wrappings in each other as a reading looks through.
        for _ in 0..<4 {
            let form = reading(of: bytes).form
            switch form {
            case .damagedWrapping(.gzip), .damagedWrapping(.zlib), .wrapped(_, in: .gzip), .wrapped(_, in: .zlib):
                bytes = Gzip.inflateFront(of: bytes, limit: inflationLimit).plain
            default:
                guard let front = form.front(of: bytes) else { return bytes }
                bytes = front
            }
        }
        return bytes
    }

    /// What some bytes are, looked at through every wrapping that can be opened here.
    static func reading(of bytes: StateBytes) -> StateReading {
        StateReading(bytes) { Gzip.inflate($0, limit: inflationLimit) }
    }
}
