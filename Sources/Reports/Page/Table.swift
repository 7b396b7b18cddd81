/// Rows under titles.
public struct Table: Sendable, Hashable {
    public var columns: [Column]
    /// Each row has as many cells as there are columns.
    public var rows: [[Phrase]]
    /// How wide a line of text may become where no terminal limits it; nil for as wide as it is.
    public var widthInPipes: Int?

    public init(_ columns: [Column], rows: [[Phrase]]) {
        self.columns = columns
        self.rows = rows
    }

    /// A title, and how the column gives way when the terminal is narrow.
    public struct Column: Sendable, Hashable {
        public enum Alignment: Sendable { case left, right }
        public enum Fit: Sendable {
            /// Never shortened: a shortened number or id is a wrong one.
            case whole
            /// Shortened at its end.
            case end
            /// Shortened in its middle: paths and addresses tell most at both ends.
            case middle
        }

        public var title: String
        public var alignment: Alignment
        public var fit: Fit
        /// Columns with a higher number are left out first when nothing else makes the table fit; 0 is never left out.
        public var expendability: Int
        /// A shortened column keeps at least this many columns of the terminal.
        public var smallest: Int

        public init(_ title: String, _ alignment: Alignment = .left, fit: Fit = .whole, expendability: Int = 0, smallest: Int = 12) {
            self.smallest = smallest
            self.title = title
            self.alignment = alignment
            self.fit = fit
            self.expendability = expendability
        }
    }
}
