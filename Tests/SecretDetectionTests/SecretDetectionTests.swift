import SecretDetection
import Testing

@Suite struct SecretNameTests {
    @Test(arguments: [
        "password", "master_password", "DB_PASSWORD", "dbMasterPassword", "secret_string", "private_key_pem", "api-key", "auth_token", "client.secret",
        "aws_secret_access_key", "access_key", "connection_string", "passwd", "user_passwords", "GITHUB_TOKEN", "ssh_private_key", "secret", "wifi.psk",
    ]) func namesOfSecretsAreSeen(name: String) {
        #expect(SecretName.isSecret(name))
    }

    @Test(arguments: [
        "http_tokens", "secret_arn", "master_user_secret_kms_key_id", "password_length", "minimum_password_length", "name", "", "token_validity_units",
        "kms_master_key_id", "public_key", "access_key_id", "secret_name", "password_wo_version", "iam_database_authentication_enabled", "tokenizer",
        "authorization_type", "keyspace", "pass_through", "passenger", "secretary", "rotation_rules", "hard_expiry", "require_uppercase_characters",
    ]) func namesThatOnlyMentionSecretsStayReadable(name: String) {
        #expect(!SecretName.isSecret(name))
    }
}

@Suite struct SecretShapeTests {
    @Test(arguments: [
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "x\n-----BEGIN OPENSSH PRIVATE KEY-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "postgres://app:hunter2@db.internal:5432/app", "export T=ghp_0123456789abcdefghijABCDEFGHIJ012345", "url=https://u:p%40ss@example.com/",
        "glpat-0123456789abcdefghij", "hvs.CAESIJabcdefghijklmnop", "AKIA; aws_secret_access_key=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
    ]) func secretsAreSeenByTheirShape(text: String) {
        #expect(SecretShape.isSecret(text))
    }

    @Test func jsonWebTokensAreSeenButPlainBase64IsNot() {
        #expect(SecretShape.isSecret("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"))
        #expect(!SecretShape.isSecret("eyJzY2hlbWFfdmVyc2lvbiI6IjEifQeyJzY2hlbWFfdmVyc2lvbiI6IjEifQ=="))
    }

    @Test(arguments: [
        "", "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "https://example.com:8443/a@b", "arn:aws:s3:::bucket", "postgres://app@db/app",
        "postgres://app:${password}@db", "sg-0123456789abcdef0", "task_ghp_x", "2026-11-22T14:02:14Z", "-----", "a://b", "https://",
    ]) func whatIsNoSecretIsNotHidden(text: String) {
        #expect(!SecretShape.isSecret(text))
    }
}
