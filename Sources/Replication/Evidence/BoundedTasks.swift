/// Does something for every element, so many at a time.
func forEachBounded<Element: Sendable, Result: Sendable>(
    _ elements: some Sequence<Element>, limit: Int, _ work: @escaping @Sendable (Element) async throws -> Result, take: (Result) -> Void
) async throws {
    try await withThrowingTaskGroup(of: Result.self) { group in
        var iterator = elements.makeIterator()
        var running = 0
        while running < limit, let element = iterator.next() {
            group.addTask { try await work(element) }
            running += 1
        }
        while let result = try await group.next() {
            take(result)
            if let element = iterator.next() { group.addTask { try await work(element) } }
        }
    }
}
