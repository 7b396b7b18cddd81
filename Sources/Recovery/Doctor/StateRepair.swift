public import StateJSON
internal import TerraformState

/// Takes the wrapping off a state that is whole inside.
public enum StateRepair {
    /// Why there is nothing to unwrap.
    public enum Failure: Error, Equatable, CustomStringConvertible {
        /// The form is not one of the repairable ones.
        case notRepairable(form: String)
        /// What came out is no state either.
        case noStateInside(form: String)

        public var description: String {
            switch self {
            case .notRepairable(let form): "\(form) cannot be repaired: restore the last good version"
            case .noStateInside(let form): "unwrapped, it is not a state but \(form): restore the last good version"
            }
        }
    }

    /// Inflates gzip data, with a bound on the output; given from outside because this module owns no compression.
    public typealias Inflate = @Sendable (StateBytes) throws -> StateBytes

    /// The exact state that is inside: without byte order mark, UTF-16, gzip or aws-chunked framing, even one in the other.
    public static func repair(_ bytes: StateBytes, inflate: Inflate) throws -> StateBytes {
        var bytes = bytes
        // A wrapping in a wrapping in a wrapping is the most that was ever seen; the bound stops a hostile file.
        for _ in 0..<4 {
            switch StateForm.recognise(bytes) {
            case .state, .encrypted, .legacy: return bytes
            case .byteOrderMark: bytes = StateBytes(bytes[3..<bytes.count])
            case .utf16(let bigEndian): bytes = fromUTF16(bytes, bigEndian: bigEndian)
            case .gzip: bytes = try inflate(bytes)
            case .awsChunked(isComplete: true): bytes = fromChunks(bytes)
            case let form: throw Failure.notRepairable(form: form.description)
            }
        }
        throw Failure.noStateInside(form: StateForm.recognise(bytes).description)
    }

    private static func fromUTF16(_ bytes: StateBytes, bigEndian: Bool) -> StateBytes {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 0, to: bytes.count - 1, by: 2) {
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(bigEndian ? first << 8 | second : second << 8 | first)
        }
        if units.first == 0xFEFF { units.removeFirst() }
        return StateBytes(String(decoding: units, as: UTF16.self).utf8)
    }

    /// The chunks' contents; the form has checked the framing already.
    private static func fromChunks(_ bytes: StateBytes) -> StateBytes {
        var content: [UInt8] = []
        var position = 0
        while position < bytes.count {
            var size = 0
            while position < bytes.count, let digit = hexDigitValue(bytes[position]) {
                size = min(size, Int.max >> 5) << 4 | digit
                position += 1
            }
            while position < bytes.count, bytes[position] != 0x0A { position += 1 }
            position += 1
            guard size > 0, size <= bytes.count - position else { break }
            content += bytes[position..<position + size]
            position += size + 2
        }
        return StateBytes(content)
    }

    private static func hexDigitValue(_ byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...70: Int(byte) - 55
        case 97...102: Int(byte) - 87
        default: nil
        }
    }
}
