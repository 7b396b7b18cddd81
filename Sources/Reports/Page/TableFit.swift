/// Decides which columns of a table are shown and how wide, so that a line fits the terminal.
///
/// First the columns that may be shortened give way, the widest first, down to their smallest; then the expendable ones
/// are left out, one by one, and the rest is fitted again.
struct TableFit {
    /// Indices of the columns shown, in their order.
    private(set) var shown: [Int]
    /// Width of each column of the table, by its index.
    private(set) var widths: [Int]
    /// Titles of the columns that had no room.
    private(set) var omitted: [String] = []
    /// Whether a line fits now. Where it does not, the rows have to be written in another way.
    private(set) var isFitting = true

    /// Blanks between two columns.
    static let gap = 2

    init(_ table: Table, cells: [[String]], width: Int?) {
        let natural = table.columns.indices.map { column in
            cells.reduce(DisplayWidth.of(table.columns[column].title)) { max($0, DisplayWidth.of($1[column])) }
        }
        shown = Array(table.columns.indices)
        widths = natural
        guard let width else { return }
        while true {
            widths = natural
            shorten(table.columns, to: width)
            guard total > width, let victim = shown.filter({ table.columns[$0].expendability > 0 }).max(by: {
                table.columns[$0].expendability < table.columns[$1].expendability
            }) else {
                isFitting = total <= width
                return
            }
            shown.removeAll { $0 == victim }
            omitted.append(table.columns[victim].title)
        }
    }

    /// Columns that a line takes.
    var total: Int {
        shown.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, shown.count - 1)
    }

    private mutating func shorten(_ columns: [Table.Column], to width: Int) {
        while total > width {
            guard let widest = shown.filter({ columns[$0].fit != .whole && widths[$0] > columns[$0].smallest }).max(by: { widths[$0] < widths[$1] })
            else { return }
            let others = shown.filter { $0 != widest && columns[$0].fit != .whole }.map { widths[$0] }.max() ?? 0
            let target = max(columns[widest].smallest, min(others, widths[widest] - 1), widths[widest] - (total - width))
            widths[widest] = target
        }
    }
}
