public import StateJSON

/// Cuts a version 4 state into pieces, one per resource instance, for a store that keeps equal pieces once.
///
/// The ranges are exact, in order, without gaps: their bytes joined are the identical file, whatever its formatting.
/// Empty when ``StateForm/recognise(_:)`` takes the bytes for anything but a version 4 state; such files want another way of
/// cutting.
public func pieceBoundaries(of bytes: StateBytes) -> [Range<Int>] {
    StateReading(bytes, deferring: .instanceAttributes).state?.pieceBoundaries ?? []
}

/// The same, for a document that is parsed already.
public func pieceBoundaries(of document: JSONDocument) -> [Range<Int>] {
    StateReading.classify(document).1?.pieceBoundaries ?? []
}

extension TerraformState {
    /// Exact byte ranges, one per instance and a few around them.
    ///
    /// A piece ends where its instance ends, and so begins with what separates it from the instance before:
    /// ```
    /// ┌ {"version": 4, … "serial": 7, "lineage": "…",        the head: it changes with every write
    /// ├ "outputs": {…},                                      each output by itself when they are many
    /// ├ "resources": [ {"mode": … "instances": [ {…}         the first instance
    /// ├ , {…}                                                a sibling
    /// ├ ]}, {"mode": … "instances": [ {…}                    the first instance of the next resource, with its head
    /// └ ]} ], "check_results": …}                            the tail
    /// ```
    /// The separators in front do not depend on what the neighbours contain, so an unchanged instance gives the same
    /// piece while others come and go. Only an instance that becomes the first of its resource, or of the file, gives a new
    /// one: it takes over the resource's head. The separators behind would be worse: `count` grows and shrinks at its end.
    public var pieceBoundaries: [Range<Int>] {
        var cuts: [Int] = []
        cuts.reserveCapacity(instanceCount + 8)
        for member in document.root.members {
            let start = member.key.value.rawRange.lowerBound, value = member.value
            if value.position == fields.resources?.position {
                cuts.append(start)
                for resource in resources {
                    guard let instances = resource.instancesValue else { continue }
                    for instance in instances.elements { cuts.append(instance.rawRange.upperBound) }
                }
            } else if value.position == fields.outputs?.position {
                cuts.append(start)
                if value.rawRange.count > PieceSize.manyOutputs {
                    for output in value.members { cuts.append(output.value.rawRange.upperBound) }
                }
            } else if value.rawRange.count > PieceSize.largeMember {
                cuts.append(start)
                cuts.append(value.rawRange.upperBound)
            }
        }
        return ranges(between: cuts)
    }

    private func ranges(between cuts: [Int]) -> [Range<Int>] {
        let end = bytes.count
        var pieces: [Range<Int>] = []
        pieces.reserveCapacity(cuts.count + 1)
        var last = 0
        for cut in cuts where cut > last && cut < end {
            pieces.append(last..<cut)
            last = cut
        }
        if last < end { pieces.append(last..<end) }
        return pieces
    }
}

/// Sizes, in bytes, from which something gets pieces of its own.
private enum PieceSize {
    /// All outputs together: below it they are one piece.
    static let manyOutputs = 4096
    /// A top-level member other than outputs and resources.
    static let largeMember = 1024
}
