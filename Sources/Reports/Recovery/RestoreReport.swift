/// What `tfguard restore` and `tfguard adopt` plan and did.
public struct RestoreReport: Report {
    /// `restore` or `adopt`.
    public var command: String
    public var plan: Plan
    /// Nil for a dry run.
    public var result: Result?
    public var notices: [Notice]
    public var problems: [Problem]

    /// What would be done.
    public struct Plan: Sendable {
        public var reference: String
        /// `write`, `digest` or `nothing`.
        public var action: String
        /// Nil when there is no current version.
        public var from: Side?
        public var to: Side
        public var newSerial: UInt64?
        public var lost: [Instance]
        public var returning: [Instance]
        public var locks: [String]
        public var holders: [LockHolderRow]
        public var digestBefore: String?
        public var digestAfter: String?
        public var cautions: [String]
        /// What keeps foreign writes out: `honoured`, `ignored`, `unusable`, `unknown`.
        public var conditions: String?
        /// The id of a lock that is taken from its holder.
        public var brokenLock: String?

        public init(
            reference: String, action: String, from: Side?, to: Side, newSerial: UInt64?, lost: [Instance], returning: [Instance], locks: [String],
            holders: [LockHolderRow], digestBefore: String?, digestAfter: String?, cautions: [String]
        ) {
            self.reference = reference
            self.action = action
            self.from = from
            self.to = to
            self.newSerial = newSerial
            self.lost = lost
            self.returning = returning
            self.locks = locks
            self.holders = holders
            self.digestBefore = digestBefore
            self.digestAfter = digestAfter
            self.cautions = cautions
        }
    }

    /// One of the two states.
    public struct Side: Sendable {
        public var reference: String
        public var versionID: String?
        public var verdict: String
        public var size: Int
        public var sha256: String
        public var serial: UInt64?
        public var lineage: String?
        public var terraformVersion: String?
        public var resourceCount: Int?
        public var instanceCount: Int?

        public init(reference: String, versionID: String?, verdict: String, size: Int, sha256: String) {
            self.reference = reference
            self.versionID = versionID
            self.verdict = verdict
            self.size = size
            self.sha256 = sha256
        }
    }

    /// An instance that Terraform would forget or remember.
    public struct Instance: Sendable {
        public var address: String
        public var id: String?
        /// The import block, or the command that removes it from the state.
        public var remedy: String?
        /// A `removed` block, for an instance that returns.
        public var block: String?

        public init(address: String, id: String?, remedy: String?, block: String? = nil) {
            self.address = address
            self.id = id
            self.remedy = remedy
            self.block = block
        }
    }

    /// What was done.
    public struct Result: Sendable {
        public var versionID: String?
        public var serial: UInt64?
        public var sha256: String
        public var digestUpdated: Bool?
        public var isReplicated: Bool?
        public var undo: String?

        public init(versionID: String?, serial: UInt64?, sha256: String, digestUpdated: Bool?, isReplicated: Bool?, undo: String?) {
            self.versionID = versionID
            self.serial = serial
            self.sha256 = sha256
            self.digestUpdated = digestUpdated
            self.isReplicated = isReplicated
            self.undo = undo
        }
    }

    public init(command: String, plan: Plan, result: Result?, notices: [Notice], problems: [Problem]) {
        self.command = command
        self.plan = plan
        self.result = result
        self.notices = notices
        self.problems = problems
    }

    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        ["plan": .object(plan.object), "result": result.map { .object($0.object) } ?? .null, "notices": .objects(notices.map(\.object))]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        RestorePage(report: self).page
    }
}

extension RestoreReport.Plan {
    var object: JSONObject {
        [
            "reference": .string(reference),
            "action": .string(action),
            "from": from.map { .object($0.object) } ?? .null,
            "to": .object(to.object),
            "new_serial": .integer(newSerial),
            "instances_lost": .objects(lost.map { ["address": .string($0.address), "id": .string($0.id), "import": .string($0.remedy)] }),
            "instances_returning": .objects(returning.map { ["address": .string($0.address), "id": .string($0.id), "removal": .string($0.remedy), "removed_block": .string($0.block)] }),
            "lock": .object(["places": .strings(locks), "held": .bool(!holders.isEmpty), "holders": .objects(holders.map(\.object))]),
            "digest": digestAfter.map { .object(["before": .string(digestBefore), "after": .string($0)]) } ?? .null,
            "conditional_writes": .string(conditions),
            "break_lock": .string(brokenLock),
            "cautions": .strings(cautions),
        ]
    }
}

extension RestoreReport.Side {
    var object: JSONObject {
        [
            "reference": .string(reference), "version_id": .string(versionID), "verdict": .string(verdict), "size": .integer(size), "sha256": .string(sha256),
            "serial": .integer(serial), "lineage": .string(lineage), "terraform_version": .string(terraformVersion),
            "resource_count": .integer(resourceCount), "instance_count": .integer(instanceCount),
        ]
    }
}

extension RestoreReport.Result {
    var object: JSONObject {
        [
            "version_id": .string(versionID), "serial": .integer(serial), "sha256": .string(sha256),
            "digest_updated": digestUpdated.map { .bool($0) } ?? .null, "replicated": isReplicated.map { .bool($0) } ?? .null, "undo": .string(undo),
        ]
    }
}
