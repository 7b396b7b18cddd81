@testable import S3
import TestSupport
import Testing

/// Bucket settings in the words of several servers. The snippets are our own.
final class SettingTests {
    /// Kept to the end of a test: a server that is let go stops.
    private var servers: [ScriptedS3] = []

    private func bucket(_ response: ScriptedResponse) throws -> (ScriptedS3, S3Bucket) {
        let s3 = try ScriptedS3 { _ in response }
        servers.append(s3)
        return (s3, s3.bucket)
    }

    @Test func versioningIsReadUnderAnyRoot() async throws {
        for (text, status) in [
            ("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", S3Versioning.Status.enabled),
            ("<GetBucketVersioningResponse xmlns='x'><Status>Suspended</Status></GetBucketVersioningResponse>", .suspended),
            ("<?xml version='1.0'?><VersioningConfiguration xmlns='x'/>", .never),
        ] {
            let (s3, bucket) = try bucket(.text(text))
            #expect(try await bucket.versioning() == .set(S3Versioning(status: status, needsMFAToDelete: false)))
            #expect(s3.targets == ["/states?versioning="])
        }
        let (_, bucket) = try bucket(.text("<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>"))
        #expect(try await bucket.versioning().value?.needsMFAToDelete == true)
    }

    @Test func locationsHaveTheirOldNames() async throws {
        for (text, region) in [
            ("<LocationConstraint xmlns='x'/>", "us-east-1"), ("<LocationConstraint>EU</LocationConstraint>", "eu-west-1"),
            ("<LocationConstraint>ap-south-2</LocationConstraint>", "ap-south-2"),
            ("<CreateBucketConfiguration><LocationConstraint>us</LocationConstraint></CreateBucketConfiguration>", "us"),
        ] {
            let (_, bucket) = try bucket(.text(text))
            #expect(try await bucket.location() == .set(region))
        }
    }

    @Test func replicationRulesOfBothVersionsAreRead() async throws {
        let (_, bucket) = try bucket(
            .text(
                """
                <ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Role>arn:aws:iam::1:role/r</Role>
                <Rule><ID>new</ID><Priority>7</Priority><Status>Enabled</Status>
                <Filter><And><Prefix>prod/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>
                <SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>
                <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
                <Destination><Bucket>arn:aws:s3:::dr</Bucket><Account>2</Account><StorageClass>STANDARD_IA</StorageClass>
                <AccessControlTranslation><Owner>Destination</Owner></AccessControlTranslation>
                <EncryptionConfiguration><ReplicaKmsKeyID>key</ReplicaKmsKeyID></EncryptionConfiguration>
                <ReplicationTime><Status>Enabled</Status><Time><Minutes>15</Minutes></Time></ReplicationTime>
                <Metrics><Status>Enabled</Status><EventThreshold><Minutes>15</Minutes></EventThreshold></Metrics></Destination></Rule>
                <Rule><Prefix>old/</Prefix><Status>Disabled</Status><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule>
                <Rule><Status>Enabled</Status><Priority>1</Priority><Filter/><Destination><Bucket>arn:aws:s3:::b</Bucket></Destination></Rule>
                </ReplicationConfiguration>
                """))
        let configuration = try #require(try await bucket.replication().value)
        #expect(configuration.role == "arn:aws:iam::1:role/r")
        let (new, old, all) = (configuration.rules[0], configuration.rules[1], configuration.rules[2])
        #expect(new.isEnabled && new.priority == 7 && new.prefix == "prod/" && new.tags == ["a": "b"] && !new.isFirstVersion)
        #expect(new.replicatesKMSObjects && new.replicatesDeleteMarkers == false && new.covers(key: "prod/x") && !new.covers(key: "dev/x"))
        #expect(new.destination.bucket == "dr" && new.destination.account == "2" && new.destination.changesOwner)
        #expect(new.destination.replicaKMSKeyID == "key" && new.destination.timeControlMinutes == 15 && new.destination.hasMetrics)
        #expect(old.isFirstVersion && !old.isEnabled && old.prefix == "old/" && old.replicatesDeleteMarkers == nil)
        #expect(!all.isFirstVersion && all.prefix.isEmpty && all.destination.timeControlMinutes == nil)
    }

    @Test func otherSettingsAreRead() async throws {
        let (_, encrypted) = try bucket(
            .text("<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>"))
        #expect(try await encrypted.encryption() == .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: "k", usesBucketKey: true)))
        let (_, expiring) = try bucket(
            .text("<LifecycleConfiguration><Rule><ID>x</ID><Status>Enabled</Status><Filter><And><Prefix>a/</Prefix><ObjectSizeGreaterThan>9</ObjectSizeGreaterThan></And></Filter><NoncurrentVersionExpiration><NoncurrentDays>30</NoncurrentDays><NewerNoncurrentVersions>5</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule></LifecycleConfiguration>"))
        let rule = try #require(try await expiring.lifecycle().value?.first)
        #expect((rule.prefix, rule.hasOtherFilters, rule.noncurrentExpirationDays, rule.keptNoncurrentVersions) == ("a/", true, 30, 5))
        let (_, closed) = try bucket(
            .text("<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>TRUE</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>"))
        let block = try #require(try await closed.publicAccessBlock().value)
        #expect(block.blocksPublicACLs && block.ignoresPublicACLs && block.blocksPublicPolicy && !block.restrictsPublicBuckets && !block.isComplete)
        let (_, locked) = try bucket(
            .text("<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>9</Days></DefaultRetention></Rule></ObjectLockConfiguration>"))
        #expect(try await locked.objectLock() == .set(S3BucketObjectLock(defaultMode: .compliance, defaultDays: 9, defaultYears: nil)))
        let (_, governed) = try bucket(.text("{\"Version\":\"2012-10-17\"}"))
        #expect(try await governed.policy() == .set("{\"Version\":\"2012-10-17\"}"))
        let (_, open) = try bucket(.text("<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>"))
        #expect(try await open.policyIsPublic() == .set(true))
        let (_, held) = try bucket(.text("<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-01T00:00:00.000Z</RetainUntilDate></Retention>"))
        #expect(try await held.objectRetention(key: "k", versionID: "v").value?.mode == .governance)
    }

    /// AWS, SeaweedFS and Ceph say "there is none" and "what is that?" in many ways; "you may not look" is neither.
    @Test func absenceRefusalAndIgnoranceAreToldApart() async throws {
        for code in ["ReplicationConfigurationNotFoundError", "NoSuchReplication"] {
            let (_, bucket) = try bucket(.s3Error(404, code))
            #expect(try await bucket.replication() == .notSet)
        }
        let (_, empty) = try bucket(.text("<ReplicationConfiguration><Role></Role></ReplicationConfiguration>"))
        #expect(try await empty.replication() == .notSet)
        let (_, nothing) = try bucket(.text(""))
        #expect(try await nothing.encryption() == .notSet)
        for (status, code) in [(501, "NotImplemented"), (405, "MethodNotAllowed"), (409, "BucketAlreadyOwnedByYou")] {
            let (_, bucket) = try bucket(.s3Error(status, code))
            #expect(try await bucket.publicAccessBlock() == .notSupported)
        }
        let (_, refused) = try bucket(.s3Error(403, "AccessDenied"))
        let setting = try await refused.lifecycle()
        guard case .notPermitted(let error) = setting else { return #expect(Bool(false), "\(setting)") }
        #expect(error.hint?.contains("s3:GetLifecycleConfiguration") == true)
        #expect(!setting.isKnown)
        let (_, gone) = try bucket(.s3Error(404, "NoSuchBucket"))
        await #expect(throws: S3Error.self) { try await gone.lifecycle() }
        let (_, odd) = try bucket(.s3Error(400, "Whatever"))
        guard case .unknown = try await odd.policy() else { return #expect(Bool(false)) }
    }

    @Test func bucketsAreListed() async throws {
        let s3 = try ScriptedS3 { request in
            request.query("continuation-token") == nil
                ? .text("<ListAllMyBucketsResult><Buckets><Bucket><Name>a</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>eu-west-1</BucketRegion></Bucket></Buckets><ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>")
                : .text("<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name></Bucket></Buckets></ListAllMyBucketsResult>")
        }
        let buckets = try await s3.client.buckets()
        #expect(buckets.map(\.name) == ["a", "b"])
        #expect(buckets[0].region == "eu-west-1")
        #expect(s3.targets == ["/", "/?continuation-token=t"])
    }
}
