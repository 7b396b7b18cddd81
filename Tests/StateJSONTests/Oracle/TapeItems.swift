import StateJSON

/// The tape's view of a document as the oracle's list, by walking its public interface.
func items(of document: JSONDocument) -> [OracleParser.Item] {
    var out: [OracleParser.Item] = []
    func visit(_ value: JSONValue) {
        let range = value.rawRange
        out.append(.init(kind: "\(value.kind)", start: range.lowerBound, end: range.upperBound, count: value.count))
        for member in value.members {
            visit(member.key.value)
            visit(member.value)
        }
        for element in value.elements { visit(element) }
    }
    visit(document.root)
    return out
}

/// Whether tape and oracle agree on `bytes`: on every value's place, or on the offset of the first byte that does not fit.
func disagreement(on bytes: [UInt8]) -> String? {
    let oracle = OracleParser.parse(bytes)
    do throws(JSONSyntaxError) {
        let document = try JSONDocument(parsing: StateBytes(bytes), limits: JSONLimits(depth: 200))
        switch oracle {
        case .failure(let rejection): return "tape accepts, oracle rejects at \(rejection.offset)"
        case .success(let wanted): return items(of: document) == wanted ? nil : "both accept, values differ"
        }
    } catch {
        switch oracle {
        case .success: return "oracle accepts, tape says \(error)"
        case .failure(let rejection):
            return rejection.offset == error.offset ? nil : "oracle rejects at \(rejection.offset), tape says \(error)"
        }
    }
}
