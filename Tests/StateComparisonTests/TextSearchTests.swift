import Testing

@testable import StateComparison

@Suite struct TextSearchTests {
    private func occurs(_ words: [String], in text: String) -> Bool {
        var text = text
        return text.withUTF8 { TextSearch(words).occurs(in: $0) }
    }

    @Test func agreesWithSearchingForEachWord() {
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            // Two letters, so that words overlap, begin alike and end in one another.
            func random(_ lengths: ClosedRange<Int>) -> String {
                String((0..<Int.random(in: lengths, using: &chance)).map { _ in Bool.random(using: &chance) ? "a" : "b" })
            }
            let words = (0..<Int.random(in: 0...5, using: &chance)).map { _ in random(1...7) }, text = random(0...12)
            #expect(occurs(words, in: text) == words.contains { text.contains($0) }, "\(words) in \(text)")
        }
    }

    @Test func noWordsOccurNowhere() {
        #expect(!occurs([], in: "text") && !occurs([""], in: "text") && !occurs(["a"], in: ""))
    }
}
