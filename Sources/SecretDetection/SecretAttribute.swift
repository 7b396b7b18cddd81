/// Attributes that always hold secrets, by resource type, for states that do not say so.
///
/// Terraform marks them since 1.8, where the provider's schema does; older states have no marks, many providers' schemas are
/// not at hand, and some providers never call these sensitive. Here stand those whose names do not give them away: what is
/// called password, token or private key is ``SecretName``'s business. Data sources of the same type count too.
public enum SecretAttribute {
    /// Whether an attribute of a resource type holds a secret. Where that depends on another attribute, this is yes.
    /// - Parameter name: the attribute at the top of the instance.
    public static func isSecret(type: String, name: some StringProtocol) -> Bool {
        names(of: type).contains { $0 == name }
    }

    /// Whether an attribute of one instance holds a secret.
    /// - Parameter sibling: tells the text of another attribute of the instance.
    public static func isSecret(type: String, name: some StringProtocol, sibling: (String) -> String?) -> Bool {
        guard isSecret(type: type, name: name) else { return false }
        guard let condition = conditions[type], let value = sibling(condition.name) else { return true }
        return value == condition.value
    }

    /// The attributes of a type that hold secrets; none for nearly all types. One look into a table.
    public static func names(of type: String) -> [String] { table[type] ?? [] }

    /// Types whose attributes are secrets only while another attribute has this value.
    private static let conditions: [String: (name: String, value: String)] = [
        "aws_ssm_parameter": ("type", "SecureString"),
    ]

    private static let table: [String: [String]] = {
        let kubernetes = ["data", "binary_data"], vault = ["data", "data_json"], github = ["plaintext_value", "encrypted_value", "value"]
        let azureKeys = ["primary_key", "secondary_key", "primary_readonly_key", "secondary_readonly_key"]
        var table = [
            // Made by Terraform itself.
            "random_password": ["result", "bcrypt_hash"],
            "tls_private_key": ["private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"],
            "acme_certificate": ["private_key_pem", "certificate_p12"],
            "local_sensitive_file": ["content", "content_base64"],
            "sops_file": ["data", "raw"],
            // AWS.
            "aws_secretsmanager_secret_version": ["secret_string", "secret_binary"],
            "aws_ssm_parameter": ["value"],
            "aws_ssm_parameters_by_path": ["values"],
            "aws_iam_access_key": ["secret", "ses_smtp_password_v4"],
            "aws_db_instance": ["password"],
            "aws_kms_secrets": ["plaintext"],
            "aws_kms_ciphertext": ["plaintext"],
            "aws_api_gateway_api_key": ["value"],
            "aws_appsync_api_key": ["key"],
            // Azure.
            "azurerm_key_vault_secret": ["value"],
            "azurerm_key_vault_certificate_data": ["key"],
            "azurerm_kubernetes_cluster": ["kube_config_raw", "kube_config", "kube_admin_config_raw", "kube_admin_config"],
            "azurerm_cosmosdb_account": azureKeys,
            "azurerm_search_service": azureKeys,
            "azuread_application_password": ["value"],
            "azuread_service_principal_password": ["value"],
            // Google.
            "google_service_account_key": ["private_key"],
            "google_kms_secret": ["plaintext"],
            "google_kms_secret_ciphertext": ["plaintext"],
            // Others.
            "helm_release": ["set_sensitive"],
            "gitlab_project_variable": ["value"],
            "gitlab_group_variable": ["value"],
            "doppler_secret": ["value"],
            "cloudflare_api_token": ["value"],
            "datadog_api_key": ["key"],
            "datadog_application_key": ["key"],
        ]
        for type in ["kubernetes_secret", "kubernetes_secret_v1"] { table[type] = kubernetes }
        for type in ["vault_generic_secret", "vault_kv_secret", "vault_kv_secret_v2"] { table[type] = vault }
        for type in ["", "_access"].flatMap({ ["google_secret_manager_secret_version\($0)", "google_secret_manager_regional_secret_version\($0)"] }) {
            table[type] = ["secret_data"]
        }
        for scope in ["actions", "actions_environment", "actions_organization", "codespaces", "codespaces_organization", "codespaces_user", "dependabot", "dependabot_organization"] {
            table["github_\(scope)_secret"] = github
        }
        return table
    }()
}
