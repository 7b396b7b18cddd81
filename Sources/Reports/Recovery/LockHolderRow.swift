public import Timestamps

/// Who holds one half of a state's lock.
public struct LockHolderRow: Sendable {
    /// `file` or `table`.
    public var half: String
    public var place: String
    /// Nil when the lock's content cannot be read.
    public var id: String?
    public var who: String?
    public var operation: String?
    public var created: Timestamp?
    /// Since the lock was taken.
    public var age: Duration?
    /// Whether a tfguard run that has ended left it.
    public var isAbandoned: Bool

    public init(half: String, place: String, id: String?, who: String?, operation: String?, created: Timestamp?, age: Duration?, isAbandoned: Bool) {
        self.half = half
        self.place = place
        self.id = id
        self.who = who
        self.operation = operation
        self.created = created
        self.age = age
        self.isAbandoned = isAbandoned
    }

    var object: JSONObject {
        [
            "half": .string(half), "place": .string(place), "id": .string(id), "who": .string(who), "operation": .string(operation),
            "created": .string(created?.rfc3339), "age_seconds": .integer(age?.components.seconds), "abandoned": .bool(isAbandoned),
        ]
    }

    /// Holders as rows.
    static func table(of rows: [LockHolderRow]) -> Table {
        Table(
            [Table.Column("WHO"), Table.Column("OPERATION"), Table.Column("SINCE"), Table.Column("ID"), Table.Column("AT", fit: .middle, expendability: 1)],
            rows: rows.map { row in
                [
                    .verbatim(row.who ?? "(unreadable)"), .verbatim(row.operation ?? "-"),
                    .words((row.age.map { Quantity.duration($0) } ?? "-") + (row.isAbandoned ? ", abandoned" : "")), .verbatim(row.id ?? "-"), .verbatim(row.place),
                ]
            })
    }
}
