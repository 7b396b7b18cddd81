internal import Timestamps

extension DriftSettings {
    init(reading node: YAMLMapping) {
        self.init()
        pairs = node.sequenceOfMappings("pairs").compactMap { entry in
            Self.pair(entry).map { StatePair(primary: $0, dr: $1) }
        }
        map = node.sequenceOfMappings("map").compactMap { entry in
            Self.pair(entry).map { AddressPair(primary: $0, dr: $1) }
        }
        ignore = node.sequenceOfMappings("ignore").compactMap(IgnoreRule.init(reading:))
        useDefaultRules = node.bool("default_rules") ?? true
        node.reportUnknownKeys()
    }

    private static func pair(_ node: YAMLMapping) -> (String, String)? {
        let primary = node.requiredString("primary")
        let dr = node.requiredString("dr")
        node.reportUnknownKeys()
        guard let primary, let dr else { return nil }
        return (primary, dr)
    }
}

extension DriftSettings.IgnoreRule {
    init?(reading node: YAMLMapping) {
        let address = node.string("address")
        let type = node.string("type")
        let attribute = node.string("attribute")
        let findingClass = node.string("class")
        let reason = node.requiredString("reason")
        let until = node.string("until")
        node.reportUnknownKeys()
        if address == nil, type == nil, attribute == nil, findingClass == nil {
            node.problem(nil, .invalidValue, "says nothing about what to ignore", hint: "give address, type, attribute or class")
        }
        var end: Timestamp?
        if let until {
            end = Self.endOfDay(until)
            if end == nil { node.problem("until", .invalidValue, "should be a day", hint: "such as 2027-01-31; the rule holds to its end in UTC") }
        }
        guard let reason else { return nil }
        self.init(address: address, type: type, attribute: attribute, findingClass: findingClass, reason: reason, until: end, line: node.line)
    }

    /// The first moment after a day written as `YYYY-MM-DD`.
    private static func endOfDay(_ day: String) -> Timestamp? {
        guard day.utf8.count == 10 else { return nil }
        return Timestamp(rfc3339: "\(day)T00:00:00Z").map { $0 + .seconds(86_400) }
    }
}

extension ReplicationLink {
    init?(reading node: YAMLMapping, sites: [String]) {
        let from = node.requiredString("from")
        let to = node.requiredString("to")
        let recoveryPoint = node.duration("recovery_point")
        node.reportUnknownKeys()
        for (key, name) in [("from", from), ("to", to)] {
            if let name, !sites.contains(name) {
                node.problem(key, .invalidValue, "there is no site named \(name)", hint: NearestName.of(name, among: sites).map { "did you mean \($0)?" })
            }
        }
        guard let from, let to else { return nil }
        if from == to { node.problem("to", .invalidValue, "is the site that it replicates from") }
        self.init(from: from, to: to, recoveryPoint: recoveryPoint)
    }
}

extension RetentionSettings {
    init(reading node: YAMLMapping) {
        self.init()
        let count = 0...Int.max
        keepLast = node.int("keep_last", in: count)
        keepHourly = node.int("keep_hourly", in: count)
        keepDaily = node.int("keep_daily", in: count)
        keepWeekly = node.int("keep_weekly", in: count)
        keepMonthly = node.int("keep_monthly", in: count)
        keepYearly = node.int("keep_yearly", in: count)
        keepWithin = node.duration("keep_within")
        node.reportUnknownKeys()
    }
}
