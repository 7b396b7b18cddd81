/// Finds out whether one of many words occurs in a text, in one pass over it however many words there are and however
/// they begin (Aho and Corasick, 1975).
struct TextSearch: Sendable {
    /// The words as a tree of bytes: node 0 is the empty word.
    private var byte: [UInt8] = [0]
    private var firstChild: [UInt32] = [0]
    private var sibling: [UInt32] = [0]
    /// Node of the longest proper ending of a node's text that begins a word as well.
    private var fallback: [UInt32] = [0]
    private var isWord = [false]
    /// Children of node 0 by their byte.
    private var start = [UInt32](repeating: 0, count: 256)

    init(_ words: some Sequence<String>) {
        for word in words where !word.isEmpty { insert(word.utf8) }
        link()
    }

    func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        var node = 0
        for byte in text {
            node = step(from: node, byte)
            if isWord[node] { return true }
        }
        return false
    }

    private func step(from node: Int, _ byte: UInt8) -> Int {
        var node = node
        while true {
            if let child = child(of: node, byte) { return child }
            if node == 0 { return 0 }
            node = Int(fallback[node])
        }
    }

    private func child(of node: Int, _ wanted: UInt8) -> Int? {
        if node == 0 { return start[Int(wanted)] == 0 ? nil : Int(start[Int(wanted)]) }
        var child = Int(firstChild[node])
        while child != 0 && byte[child] != wanted { child = Int(sibling[child]) }
        return child == 0 ? nil : child
    }

    private mutating func insert(_ word: String.UTF8View) {
        var node = 0
        for byte in word {
            // A shorter word that this one begins with is found wherever this one is.
            if isWord[node] { return }
            node = child(of: node, byte) ?? add(byte, below: node)
        }
        isWord[node] = true
    }

    private mutating func add(_ value: UInt8, below node: Int) -> Int {
        let new = byte.count
        byte.append(value)
        firstChild.append(0)
        fallback.append(0)
        isWord.append(false)
        if node == 0 {
            sibling.append(0)
            start[Int(value)] = UInt32(new)
        } else {
            sibling.append(firstChild[node])
            firstChild[node] = UInt32(new)
        }
        return new
    }

    /// Sets the fallbacks, level by level.
    private mutating func link() {
        var level = start.filter { $0 != 0 }
        while !level.isEmpty {
            var below: [UInt32] = []
            for node in level.map(Int.init) {
                var child = Int(firstChild[node])
                while child != 0 {
                    fallback[child] = UInt32(step(from: Int(fallback[node]), byte[child]))
                    if isWord[Int(fallback[child])] { isWord[child] = true }
                    below.append(UInt32(child))
                    child = Int(sibling[child])
                }
            }
            level = below
        }
    }
}
