public import Findings

/// Judges the settings of both buckets: what will keep versions from arriving, or let them vanish. Pure.
///
/// A rule that exists is no proof that anything arrives; that is what the ledger is for. The lint says why nothing arrives,
/// and what will go wrong next. Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html and the pages
/// below it, and the failure reasons of https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html.
public enum ConfigurationLint {
    /// The findings, in the order of the rules.
    public static func findings(_ facts: ReplicationFacts) -> [Finding] {
        RuleLint.findings(facts) + CoverageLint.findings(facts) + VersioningLint.findings(facts) + EncryptionLint.findings(facts)
            + DestinationLint.findings(facts) + LifecycleLint.findings(facts) + LockLint.findings(facts) + LockTableLint.findings(facts) + RoleLint.findings(facts)
            + KeyLint.findings(facts) + AccessLint.findings(facts)
            + UnknownLint.findings(facts)
    }
}
