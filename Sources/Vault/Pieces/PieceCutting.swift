internal import StateJSON
internal import TerraformState

/// Cuts a state file into the pieces that the vault stores.
enum PieceCutting {
    /// What stands between two instances is joined to the one behind it until a piece has this many bytes.
    static let minimum = 512

    /// The ends of the pieces, ascending, the last one being the count.
    ///
    /// - Parameter boundaries: one range per resource instance and per rest between them, adjoining; empty when the bytes
    ///   are no state, which are then cut by their content.
    static func ends(of bytes: StateBytes, boundaries: [Range<Int>]?) -> [Int] {
        let ranges = boundaries ?? pieceBoundaries(of: bytes)
        return bytes.withUnsafeBytes { buffer in
            guard isPartition(ranges, of: buffer.count) else { return ContentDefinedChunking.ends(of: buffer) }
            var ends: [Int] = []
            ends.reserveCapacity(ranges.count / 2 + 1)
            var start = 0
            for range in ranges where range.upperBound - start >= minimum || range.upperBound == buffer.count {
                if range.upperBound - start > ContentDefinedChunking.maximum {
                    let large = UnsafeRawBufferPointer(rebasing: buffer[start..<range.upperBound])
                    for end in ContentDefinedChunking.ends(of: large) { ends.append(start + end) }
                } else if range.upperBound > start {
                    ends.append(range.upperBound)
                }
                start = range.upperBound
            }
            joinTail(&ends)
            return ends
        }
    }

    /// The few bytes behind the last instance are the same in every state: as a piece of their own they would make all
    /// states depend on the one pack that has it.
    private static func joinTail(_ ends: inout [Int]) {
        guard ends.count > 1, let last = ends.last else { return }
        let start = ends[ends.count - 2]
        let before = ends.count > 2 ? ends[ends.count - 3] : 0
        if last - start < minimum, last - before <= ContentDefinedChunking.maximum { ends.remove(at: ends.count - 2) }
    }

    private static func isPartition(_ ranges: [Range<Int>], of count: Int) -> Bool {
        var end = 0
        for range in ranges {
            guard range.lowerBound == end else { return false }
            end = range.upperBound
        }
        return end == count && !ranges.isEmpty
    }
}
