internal import TerraformState

/// What a step back or forward across releases of Terraform or of a provider may break.
struct VersionSkew {
    /// What comes.
    let source: TerraformState
    /// The newest readable version there is now.
    let known: TerraformState?
    /// What the last good version was written by.
    let lastGood: String?
    /// What the configuration says the site is worked on with.
    let configured: String?

    /// Sentences for a person.
    var cautions: [String] { [terraform, schemas].compactMap(\.self) }

    /// A state that a newer Terraform wrote.
    private var terraform: String? {
        guard let release = ReleaseNumber(source.terraformVersion) else { return nil }
        let others = [
            ("the site's configuration says", configured), ("the last good version is of", lastGood), ("the state is now at", known?.terraformVersion),
        ]
        for (words, other) in others {
            guard let other, let otherRelease = ReleaseNumber(other), release > otherRelease else { continue }
            return "written by Terraform \(source.terraformVersion), and \(words) \(other): an older Terraform drops what it does not know; use at least \(source.terraformVersion)"
        }
        guard let now = known?.terraformVersion, now != source.terraformVersion, ReleaseNumber(now).map({ $0 > release }) ?? false else { return nil }
        return "written by Terraform \(source.terraformVersion); the state is at \(now) now, whose providers may have changed the form of resources"
    }

    /// Types whose attributes are of another schema version than now.
    private var schemas: String? {
        guard let known else { return nil }
        let now = Self.schemaVersions(of: known)
        let then = Self.schemaVersions(of: source)
        let newer = then.keys.filter { type in now[type].map { $0 < then[type] ?? 0 } ?? false }.sorted()
        let older = then.keys.filter { type in now[type].map { $0 > then[type] ?? 0 } ?? false }.sorted()
        if !newer.isEmpty {
            return "\(Self.list(newer, then, now)): written by a newer provider than the state has now, and an older provider refuses to read them (\"Resource instance managed by newer provider version\")"
        }
        if !older.isEmpty {
            return "\(Self.list(older, then, now)): from before an upgrade of the provider, which upgrades them again when it reads; providers older than that cannot go back"
        }
        return nil
    }

    private static func list(_ types: [String], _ then: [String: UInt64], _ now: [String: UInt64]) -> String {
        let shown = types.prefix(5).map { "\($0) has schema version \(then[$0] ?? 0), now \(now[$0] ?? 0)" }.joined(separator: "; ")
        return types.count > 5 ? "\(shown); and \(types.count - 5) more types" : shown
    }

    /// The highest schema version of each managed type.
    private static func schemaVersions(of state: TerraformState) -> [String: UInt64] {
        var versions: [String: UInt64] = [:]
        for instance in state.instances where instance.resource.mode == .managed {
            versions[instance.resource.type] = max(versions[instance.resource.type] ?? 0, UInt64(instance.schemaVersion))
        }
        return versions
    }
}
