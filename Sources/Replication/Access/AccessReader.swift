internal import AWSEndpoints
internal import AWSServices
internal import AccessControl
internal import S3
internal import Sites

/// Reads the replication role and the keys, as far as they may be read. What cannot be had is unknown, with its reason.
struct AccessReader: Sendable {
    let source: VerifySide
    let replica: VerifySide

    /// Adds role and keys to the facts that name them.
    func read(_ facts: inout ReplicationFacts) async throws {
        guard let configuration = facts.replication.value else { return }
        async let role = role(configuration.role)
        async let ours = keys(source, Self.sourceKeys(facts))
        async let theirs = keys(replica, Self.replicaKeys(facts))
        if !configuration.role.isEmpty { facts.role = RoleFacts(arn: configuration.role, reading: try await role) }
        (facts.sourceKeys, facts.replicaKeys) = (try await ours, try await theirs)
    }

    /// The keys that states on the primary side are encrypted with: only where a rule replicates such objects.
    private static func sourceKeys(_ facts: ReplicationFacts) -> [String] {
        guard let source = facts.source, facts.enabledRules.contains(where: \.replicatesKMSObjects) else { return [] }
        var keys = [source.site.encryption.kmsKeyID].compactMap(\.self)
        if let encryption = source.encryption.value, encryption.algorithm.hasPrefix("aws:kms") { keys.append(encryption.kmsKeyID ?? "alias/aws/s3") }
        return Set(keys).sorted()
    }

    private static func replicaKeys(_ facts: ReplicationFacts) -> [String] {
        Set(facts.enabledRules.filter(\.replicatesKMSObjects).compactMap(\.destination.replicaKMSKeyID)).sorted()
    }

    // MARK: Role

    private func role(_ arn: String) async throws -> RoleFacts.Reading {
        guard let name = AmazonResourceName(arn), name.service == "iam", name.resource.hasPrefix("role/"), let last = name.resourceParts.last else {
            return .unknown("\(arn) is no ARN of a role")
        }
        let client: IAMClient
        switch source.services.iam {
        case .ready(let ready): client = ready
        case .unavailable(let reason): return .unknown(reason)
        }
        do {
            let role = try await client.role(String(last))
            // GetRole knows names of its own account only.
            guard role.arn == arn else { return .unknown("the account of the credentials has a role of this name, which is another one: \(role.arn)") }
            return .read(role, try await client.policies(ofRole: String(last)))
        } catch let error as ServiceError where error.kind == .notFound && error.operation == "GetRole" {
            return try await absence(of: name)
        } catch let error as ServiceError {
            return .unknown(Self.words(error))
        }
    }

    /// A role that is not in the account of the credentials may well be in its own.
    private func absence(of role: AmazonResourceName) async throws -> RoleFacts.Reading {
        switch source.services.identity {
        case .unavailable(let reason): return .unknown("there is no role of this name in the account of the credentials, and which one that is is not known: \(reason)")
        case .ready(let client):
            do {
                let account = try await client.account()
                return account == role.account ? .absent : .unknown("the credentials belong to account \(account), the role to \(role.account)")
            } catch let error as ServiceError {
                return .unknown("there is no role of this name in the account of the credentials, and which one that is is not known: \(Self.words(error))")
            }
        }
    }

    // MARK: Keys

    private func keys(_ side: VerifySide, _ references: [String]) async throws -> [KeyFacts] {
        var facts: [KeyFacts] = []
        for reference in references { facts.append(KeyFacts(reference: reference, reading: try await key(side, reference))) }
        return facts
    }

    private func key(_ side: VerifySide, _ reference: String) async throws -> KeyFacts.Reading {
        var client: KMSClient
        switch side.services.kms {
        case .ready(let ready): client = ready
        case .unavailable(let reason): return .unknown(reason)
        }
        if let region = AmazonResourceName(reference)?.region, !region.isEmpty { client = client.inRegion(region) }
        let key: KMSKey
        do {
            key = try await client.describe(reference)
        } catch let error as ServiceError {
            return error.kind == .notFound ? .absent : .unknown(Self.words(error))
        }
        do {
            guard let policy = try await client.policy(of: key) else { return .read(key, .unknown("its policy could not be understood")) }
            return .read(key, .known(policy))
        } catch let error as ServiceError {
            return .read(key, .unknown(Self.words(error)))
        }
    }

    private static func words(_ error: ServiceError) -> String {
        "\(error.service):\(error.operation): " + [error.code, error.message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
