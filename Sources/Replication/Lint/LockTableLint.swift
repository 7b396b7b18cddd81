internal import Findings
internal import S3
internal import Sites

/// Terraform's lock tables in DynamoDB: whether the DR side has one, and whether digests fit the states beside them.
enum LockTableLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        var findings: [Finding] = []
        for (bucket, table, isSource) in [(facts.source, facts.sourceTable, true), (facts.destination, facts.destinationTable, false)] {
            if let bucket, let table { findings += digests(table, bucket, isSource: isSource) }
        }
        return presence(facts) + findings
    }

    private static func presence(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, let table = source.site.lock.dynamodbTable, let destination = facts.destination else { return [] }
        guard destination.site.lock.dynamodbTable != nil else {
            return [
                Finding(
                    ruleID: "replication.lock-table", severity: .medium, subject: destination.subject,
                    message: "the primary side locks with the DynamoDB table \(table), and no table is configured for the DR side: Terraform will find neither lock nor digest there",
                    remedy: "name the DR region's table in lock.dynamodb_table, and let tfguard failover seed its digests")
            ]
        }
        guard let region = facts.destinationRegion, let read = facts.sourceTable else { return [] }
        switch read.replicas {
        case .unknown(let reason):
            return [
                Finding(
                    ruleID: "replication.lock-table-unknown", severity: .info, subject: source.subject,
                    message: "whether the table \(table) is replicated to \(region) is unknown: \(reason)", remedy: "allow dynamodb:DescribeTable on it")
            ]
        case .regions(let regions):
            guard !regions.contains(region), read.region != region else { return [] }
            return [
                Finding(
                    ruleID: "replication.lock-table-not-replicated", severity: .low, subject: source.subject,
                    message: "the table \(table) has no replica in \(region)\(regions.isEmpty ? "" : " (it has in \(regions.joined(separator: ", ")))"): who held a lock when the region went is not known on the DR side, and digests do not follow",
                    remedy: "make it a global table with \(region), or rely on tfguard failover, which writes the digests that Terraform needs there")
            ]
        }
    }

    private static func digests(_ table: LockTableFacts, _ bucket: BucketFacts, isSource: Bool) -> [Finding] {
        if let obstacle = table.obstacle { return [unknown(bucket, "whether the table \(table.table) holds digests for the keys of \(bucket.site.bucket) is unknown: \(obstacle)")] }
        var findings: [Finding] = []
        func add(_ rule: RuleID, _ severity: Severity, _ remedy: String, _ wanted: (DigestReading.Verdict) -> Bool, _ message: ([DigestReading]) -> String) {
            let readings = table.digests.filter { wanted($0.verdict) }
            if !readings.isEmpty { findings.append(Finding(ruleID: rule, severity: severity, subject: bucket.subject, message: message(readings), remedy: remedy)) }
        }
        add("replication.digest-missing", isSource ? .info : .low, isSource ? "Terraform writes it with the next apply" : "tfguard failover writes them") { $0 == .absent } _: {
            "the table \(table.table) has no digest for \($0.count) of \(table.digests.count) states of \(bucket.site.bucket) (\(names($0))): Terraform would read them without comparing them with anything"
        }
        let remedy = "tfguard doctor \(bucket.site.name) says more; if the current version is right, tfguard \(isSource ? "restore" : "failover") writes its digest"
        add("replication.digest-of-other-version", .high, remedy) { if case .ofVersion = $0 { true } else { false } } _: {
            "the digest in the table \(table.table) is that of another version than the current one: \(names($0)): Terraform refuses to read the state"
        }
        add("replication.digest-unknown-version", .high, remedy) { $0 == .ofNoVersion } _: {
            "the digest in the table \(table.table) is that of no version that is there: \(names($0)): Terraform refuses to read the state"
        }
        add("replication.digest-orphaned", .high, "if the state was meant to be deleted, remove the item; if not, restore the state") { $0 == .orphaned } _: {
            "the table \(table.table) holds a digest where no version is current: \(names($0)): a plan would create everything again"
        }
        let open = table.digests.filter { if case .unverified = $0.verdict { true } else { false } }
        if !open.isEmpty { findings.append(unknown(bucket, "digests of \(open.count) states could not be compared: \(names(open))")) }
        if table.unread > 0 { findings.append(unknown(bucket, "the digests of \(table.unread) states were not read: narrow the run with --state")) }
        return findings
    }

    private static func unknown(_ bucket: BucketFacts, _ message: String) -> Finding {
        Finding(
            ruleID: "replication.lock-table-digests", severity: .info, subject: bucket.subject, message: message,
            remedy: "allow dynamodb:GetItem on the table, and s3:GetObjectVersion; tfguard failover writes the digests")
    }

    /// The first few, each with what is known of it.
    private static func names(_ readings: [DigestReading]) -> String {
        let shown = readings.prefix(5).map { reading in
            switch reading.verdict {
            case .ofVersion(let id, let serial): "\(reading.key) (of \(serial.map { "serial \($0), " } ?? "")version \(id))"
            case .unverified(let reason): "\(reading.key) (\(reason))"
            default: reading.key
            }
        }
        return shown.joined(separator: ", ") + (readings.count > shown.count ? " and \(readings.count - shown.count) more" : "")
    }
}
