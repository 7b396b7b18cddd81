import SecretDetection
import Testing

@Suite struct SecretAttributeTests {
    @Test(arguments: [
        ("random_password", "result"), ("random_password", "bcrypt_hash"), ("tls_private_key", "private_key_openssh"), ("kubernetes_secret", "data"),
        ("kubernetes_secret_v1", "binary_data"), ("azurerm_key_vault_secret", "value"), ("aws_secretsmanager_secret_version", "secret_binary"),
        ("aws_ssm_parameter", "value"), ("google_secret_manager_secret_version", "secret_data"), ("vault_generic_secret", "data_json"),
        ("github_actions_secret", "plaintext_value"), ("aws_iam_access_key", "ses_smtp_password_v4"), ("aws_db_instance", "password"),
        ("google_service_account_key", "private_key"), ("helm_release", "set_sensitive"),
    ]) func attributesThatAlwaysHoldSecretsAreKnown(type: String, name: String) {
        #expect(SecretAttribute.isSecret(type: type, name: name))
        #expect(SecretAttribute.names(of: type).contains(name))
    }

    @Test(arguments: [
        ("random_string", "result"), ("random_password", "length"), ("kubernetes_config_map", "data"), ("aws_ssm_parameter", "insecure_value"),
        ("external", "result"), ("aws_db_instance", "engine"), ("", ""), ("tls_private_key", "public_key_pem"),
    ]) func othersAreNot(type: String, name: String) {
        #expect(!SecretAttribute.isSecret(type: type, name: name))
    }

    @Test func aParameterIsASecretWhenItIsOfTheSecureKind() {
        func isSecret(_ kind: String?) -> Bool { SecretAttribute.isSecret(type: "aws_ssm_parameter", name: "value") { $0 == "type" ? kind : nil } }
        #expect(isSecret("SecureString") && !isSecret("String") && !isSecret("StringList"))
        #expect(isSecret(nil), "where nothing tells, it is hidden")
        #expect(SecretAttribute.isSecret(type: "random_password", name: "result") { _ in nil })
    }
}
