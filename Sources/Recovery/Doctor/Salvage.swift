public import StateJSON
internal import TerraformState

/// Recovers the whole instances from the readable front of a broken state.
///
/// The result is a state of its own kind: it parses, but it is not what Terraform wrote, and says so in a field that
/// Terraform ignores.
public struct Salvage: Sendable {
    /// A version 4 state with the recovered instances, marked by `tfguard_salvaged`.
    public let bytes: StateBytes
    /// How many instances it holds.
    public let instanceCount: Int
    /// Where the readable front ends, in bytes of the broken file without its wrapping.
    public let cutAt: Int

    /// Tries; nil when not one instance stands whole in front of the damage.
    public init?(of file: StateBytes) {
        let broken = StateRepair.front(of: file)
        guard let front = broken.withUnsafeBytes({ ReadableFront(of: $0) }) else { return nil }
        // The whole instances, then what was still open, then the mark.
        let tail = front.closing + ",\"tfguard_salvaged\":{\"from_bytes\":\(broken.count),\"cut_at\":\(front.end)}}\n"
        let bytes = StateBytes(broken[0..<front.end] + Array(tail.utf8))
        guard let state = StateReading(bytes).state, state.instanceCount > 0 else { return nil }
        self.bytes = bytes
        instanceCount = state.instanceCount
        cutAt = front.end
    }
}

/// Walks over the brackets of a state up to where they stop making sense, and notes the end of the last whole instance.
private struct ReadableFront {
    /// Just behind the last whole instance.
    private(set) var end = 0
    /// What closes the arrays and objects that are open there, but for the root's brace.
    private(set) var closing = ""

    /// The path to an instance: root object, `resources` array, resource object, `instances` array.
    private static let depthOfInstances = 4

    init?(of bytes: UnsafeRawBufferPointer) {
        var open: [UInt8] = []
        var keys: [ArraySlice<UInt8>] = []
        var lastText: ArraySlice<UInt8> = []
        var index = 0
        walk: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                guard let close = Self.endOfText(bytes, from: index + 1) else { break walk }
                lastText = Array(bytes[(index + 1)..<close])[...]
                index = close
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(bytes[index])
                keys.append(lastText)
                lastText = []
                guard open.count < 512 else { break walk }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // Brackets that do not match: the damage begins here.
                guard let opened = open.popLast(), bytes[index] == opened + 2 else { break walk }
                keys.removeLast()
                let isInstance =
                    open.count == Self.depthOfInstances && bytes[index] == UInt8(ascii: "}") && keys[3].elementsEqual("instances".utf8)
                    && keys[1].elementsEqual("resources".utf8)
                if isInstance { end = index + 1 }
                if open.isEmpty { break walk }
            case 0:
                break walk
            default:
                break
            }
            index += 1
        }
        guard end > 0 else { return nil }
        closing = "]}]"
    }

    /// The place of the quote that ends the text; nil when there is none, or a control character says that text is lost.
    private static func endOfText(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""): return index
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: return nil
            default: index += 1
            }
        }
        return nil
    }
}
