extension StateLock {
    /// What taking this lock sends.
    var requestsToAcquire: [PlannedRequest] {
        var requests: [PlannedRequest] = []
        if let file {
            let absent = "If-None-Match: *"
            requests.append(PlannedRequest("PutObject", file.place, condition: absent, content: "the lock"))
            requests.append(PlannedRequest("PutObject", file.place, condition: absent, content: "the lock again, which must be refused"))
        }
        if let table { requests.append(PlannedRequest("PutItem", table.place, condition: "attribute_not_exists(LockID)", content: "the lock")) }
        return requests
    }

    /// What looking at it sends.
    var requestsToLook: [PlannedRequest] {
        [file.map { PlannedRequest("GetObject", $0.place) }, table.map { PlannedRequest("GetItem", $0.place) }].compactMap { $0 }
    }

    /// What releasing it sends.
    var requestsToRelease: [PlannedRequest] {
        var requests: [PlannedRequest] = []
        if let table { requests += [PlannedRequest("GetItem", table.place), PlannedRequest("DeleteItem", table.place, condition: "Info is the lock's")] }
        if let file { requests += [PlannedRequest("GetObject", file.place), PlannedRequest("DeleteObject", file.place)] }
        return requests
    }

    /// One half of it alone.
    func half(_ half: LockHolder.Half) -> StateLock {
        switch half {
        case .file: StateLock(file: file, table: nil)
        case .table: StateLock(file: nil, table: table)
        }
    }
}
