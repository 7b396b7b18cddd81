internal import StateJSON

/// Takes off what a state can be wrapped in without losing a byte of it.
enum Unwrapping {
    enum Outcome {
        case content(StateBytes)
        /// It was cut or changed.
        case damaged
        /// This form is no wrapping, or nobody gave the means to open it.
        case closed
    }

    /// More wrappings in each other than anybody ever saw; the bound stops hostile files.
    static let deepest = 4

    static func open(_ bytes: StateBytes, _ form: StateForm, inflate: StateReading.Inflate?) -> Outcome {
        switch form {
        case .byteOrderMark: .content(StateBytes(bytes[3..<bytes.count]))
        case .utf16(let bigEndian): outcome(fromUTF16(bytes, bigEndian: bigEndian))
        case .utf32(let bigEndian): outcome(fromUTF32(bytes, bigEndian: bigEndian))
        case .awsChunked(isComplete: true): .content(bytes.withUnsafeBytes { ChunkedFraming.content(of: $0) })
        case .gzip, .zlib: inflate.map { outcome($0(bytes)) } ?? .closed
        default: .closed
        }
    }

    /// The plain text of a file whose wrapping or content is damaged, up to the damage or beyond it; nil when the form needs
    /// no such thing.
    static func front(of bytes: StateBytes, _ form: StateForm) -> StateBytes? {
        switch form {
        case .wrapped(_, in: let wrapping), .damagedWrapping(let wrapping): front(of: bytes, wrapping)
        case .byteOrderMark: StateBytes(bytes[3..<bytes.count])
        case .utf16(let bigEndian): StateBytes(String(decoding: units(of: bytes, bigEndian: bigEndian), as: UTF16.self).utf8)
        case .utf32(let bigEndian): fromUTF32(bytes, bigEndian: bigEndian)
        case .awsChunked: bytes.withUnsafeBytes { ChunkedFraming.content(of: $0) }
        default: nil
        }
    }

    private static func outcome(_ content: StateBytes?) -> Outcome {
        content.map { .content($0) } ?? .damaged
    }

    /// Nil for half of a surrogate pair. A single byte at the end, half of the last line end, is dropped.
    private static func fromUTF16(_ bytes: StateBytes, bigEndian: Bool) -> StateBytes? {
        String(validating: units(of: bytes, bigEndian: bigEndian), as: UTF16.self).map { StateBytes($0.utf8) }
    }

    private static func units(of bytes: StateBytes, bigEndian: Bool) -> [UInt16] {
        bytes.withUnsafeBytes { all in
            var units: [UInt16] = []
            units.reserveCapacity(all.count / 2)
            for index in stride(from: 0, to: all.count - 1, by: 2) {
                let (first, second) = (UInt16(all[index]), UInt16(all[index + 1]))
                units.append(bigEndian ? first << 8 | second : second << 8 | first)
            }
            if units.first == 0xFEFF { units.removeFirst() }
            return units
        }
    }

    /// Nil for numbers that are no Unicode scalars.
    private static func fromUTF32(_ bytes: StateBytes, bigEndian: Bool) -> StateBytes? {
        bytes.withUnsafeBytes { all in
            var text = String.UnicodeScalarView()
            for index in stride(from: 0, to: all.count - 3, by: 4) {
                let unit = all.loadUnaligned(fromByteOffset: index, as: UInt32.self)
                let number = bigEndian ? UInt32(bigEndian: unit) : UInt32(littleEndian: unit)
                if index == 0, number == 0xFEFF { continue }
                guard let scalar = Unicode.Scalar(number) else { return nil }
                text.append(scalar)
            }
            return StateBytes(String(text).utf8)
        }
    }
}
