/// What providers without a built-in schema compute, as far as it differs from side to side.
///
/// Source: "Attributes Reference" of the resources in the documentation of the providers; names that a type also takes as
/// an argument are listed for the single types that do not.
enum ExportedAttributes {
    static func contain(_ path: String, of type: String) -> Bool {
        if exact[type]?.contains(path) == true { return true }
        if path.hasSuffix(".principal_id") || path.hasSuffix(".tenant_id") { return path.hasPrefix("identity.") }
        for (prefix, names) in byProvider where type.hasPrefix(prefix) {
            if names.contains(path) { return true }
        }
        return type.hasPrefix("azurerm_") && isAzureAccess(path)
    }

    /// `primary_blob_endpoint`, `secondary_access_key`, `primary_connection_string`.
    private static func isAzureAccess(_ name: String) -> Bool {
        guard name.hasPrefix("primary_") || name.hasPrefix("secondary_") || name.hasPrefix("default_primary_") || name.hasPrefix("default_secondary_") else { return false }
        return ["_endpoint", "_host", "_key", "_connection_string", "_location"].contains(where: name.hasSuffix)
    }

    private static let byProvider: [(prefix: String, names: Set<String>)] = [
        ("google_", [
            "numeric_id", "gateway_address", "gateway_ipv4", "generated_id", "connection_name", "service_account_email_address", "server_ca_cert", "first_ip_address", "latest_ready_revision",
            "latest_created_revision", "observed_generation", "uri", "urls", "project_number", "instance_group_urls", "managed_instance_group_urls", "master_version", "tpu_ipv4_cidr_block",
            "conditions", "terminal_condition", "reconciling", "cpu_platform", "current_status", "operation", "update_time", "last_modified_time", "creation_time", "current_location_id",
            "persistence_iam_identity", "server_ca_certs", "effective_annotations", "version_id", "https_trigger_url", "psc_service_attachment_link", "writer_identity", "member",
        ]),
        ("azurerm_", [
            "guid", "resource_guid", "mac_address", "virtual_machine_id", "internal_domain_name_suffix", "private_ip_addresses", "applied_dns_servers", "outbound_ip_addresses",
            "outbound_ip_address_list", "possible_outbound_ip_addresses", "possible_outbound_ip_address_list", "default_hostname", "default_site_hostname", "default_host_name",
            "custom_domain_verification_id", "vault_uri", "login_server", "fully_qualified_domain_name", "portal_fqdn", "private_fqdn", "oidc_issuer_url", "kube_config", "kube_config_raw",
            "kube_admin_config", "kubelet_identity", "current_kubernetes_version", "connection_string", "instrumentation_key", "app_id", "site_credential", "public_ip_addresses",
            "hosting_environment_id", "restorable_dropped_database_ids", "gateway_regional_url", "gateway_url", "management_api_url", "scm_url", "developer_portal_url", "versionless_id", "resource_versionless_id", "static_ip_address",
        ]),
        ("kubernetes_", ["status", "metadata.uid", "metadata.resource_version", "metadata.generation", "spec.cluster_ip", "spec.cluster_ips", "spec.port.node_port", "spec.health_check_node_port", "spec.volume_name", "default_secret_name"]),
        ("helm_", ["metadata", "manifest", "resources"]),
        ("tls_", ["certificate_request_pem"]),
    ]

    private static let exact: [String: Set<String>] = [
        "google_container_cluster": [
            "endpoint", "private_cluster_config.private_endpoint", "private_cluster_config.public_endpoint", "private_cluster_config.peering_name", "master_auth.cluster_ca_certificate", "services_ipv4_cidr",
            "node_pool", "control_plane_endpoints_config",
        ],
        "google_sql_database_instance": ["private_ip_address", "public_ip_address", "ip_address", "dns_name"],
        "google_kms_crypto_key": ["primary"],
        "google_redis_instance": ["host", "read_endpoint", "effective_reserved_ip_range"],
        "google_compute_instance": ["network_interface.access_config.nat_ip", "network_interface.name"],
        "google_storage_bucket": ["url", "time_created", "updated"],
        "google_alloydb_instance": ["ip_address"],
        "google_artifact_registry_repository": ["size_bytes"],
        "azurerm_public_ip": ["ip_address"],
        "azurerm_linux_virtual_machine": ["os_disk.name", "os_disk.id", "private_ip_address", "public_ip_address"],
        "azurerm_windows_virtual_machine": ["os_disk.name", "os_disk.id", "private_ip_address", "public_ip_address"],
        "azurerm_virtual_machine": ["storage_os_disk.managed_disk_id"],
        "azurerm_network_interface": ["private_ip_address"],
        "azurerm_log_analytics_workspace": ["workspace_id"],
        "azurerm_private_endpoint": ["private_service_connection.private_ip_address", "network_interface", "custom_dns_configs", "ip_configuration", "private_dns_zone_configs"],
        "azurerm_kubernetes_cluster": ["network_profile.load_balancer_profile.effective_outbound_ips", "http_application_routing_zone_name", "node_resource_group_id"],
        "azurerm_redis_cache": ["hostname"],
        "azurerm_container_app": ["latest_revision_fqdn", "latest_revision_name", "outbound_ip_addresses"],
        "azurerm_container_app_environment": ["default_domain", "static_ip_address"],
    ]
}
