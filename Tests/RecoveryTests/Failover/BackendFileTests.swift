import Sites
import Testing

@testable import Recovery

/// The files for `terraform init -backend-config`.
@Suite struct BackendFileTests {
    @Test func everythingThatTheSiteSaysIsInItAndNothingSecret() {
        var site = SiteSettings(name: "dr", bucket: "acme-tfstate-usw2", prefix: "prod/", workspaceKeyPrefix: "ws")
        site.access.region = "us-west-2"
        site.access.profile = "prod"
        site.access.assumeRole = AssumedRole(roleARN: "arn:aws:iam::123456789012:role/dr", externalID: "x${y}", sessionName: nil, duration: .seconds(3600))
        site.lock = LockSettings(useLockfile: nil, dynamodbTable: "locks-dr")
        site.encryption = ObjectEncryptionSettings(encrypt: true, kmsKeyID: "alias/state", customerKey: .file("/secret/key"))
        let text = BackendFile(site: site, root: "prod/net\"work/terraform.tfstate").text
        for line in [
            #"bucket               = "acme-tfstate-usw2""#, #"key                  = "prod/net\"work/terraform.tfstate""#, #"workspace_key_prefix = "ws""#, #"region = "us-west-2""#,
            "use_lockfile = false", #"dynamodb_table = "locks-dr""#, "encrypt = true", #"kms_key_id = "alias/state""#, #"profile = "prod""#,
            #"assume_role = { role_arn = "arn:aws:iam::123456789012:role/dr", external_id = "x$${y}", duration = "3600s" }"#, "endpoints = null",
        ] { #expect(text.split(separator: "\n").contains(Substring(line)), "\(line) is not in\n\(text)") }
        #expect(!text.contains("/secret/key"))
    }

    @Test func whatTheCodeNamesAndTheSiteDoesNotHaveIsTakenOut() {
        var site = SiteSettings(name: "dr", bucket: "b")
        site.lock = LockSettings(useLockfile: true, dynamodbTable: nil)
        let lines = BackendFile(site: site, root: "k").text.split(separator: "\n")
        for line in ["dynamodb_table = null", "kms_key_id = null", "profile = null", "assume_role = null", "use_lockfile = true"] { #expect(lines.contains(Substring(line)), "\(line)") }
        site.lock = LockSettings()
        #expect(!BackendFile(site: site, root: "k").text.contains("use_lockfile"), "of a lock that is not known nothing is said")
    }

    @Test func workspacesOfOneRootShareAFileAndNoTwoRootsDo() {
        let site = SiteSettings(name: "dr", bucket: "b")
        let keys = ["env:/blue/net/terraform.tfstate", "net/terraform.tfstate", "env:/green/net/terraform.tfstate", "net+terraform.tfstate", "a b/ü"]
        let files = BackendFile.files(for: keys, at: site)
        #expect(files.map(\.root) == ["net/terraform.tfstate", "net+terraform.tfstate", "a b/ü"])
        #expect(files[0].workspaces == ["blue", "green"])
        #expect(files.map(\.name) == ["dr.net+terraform.tfstate.s3.tfbackend", "dr.net=2bterraform.tfstate.s3.tfbackend", "dr.a=20b+=c3=bc.s3.tfbackend"])
    }
}
