import StackParity
import Testing

/// Regions, networks and counters of other providers are read by the same general rules.
struct OtherCloudsTests {
    typealias Entry = StackFixture.Entry

    static func google(_ region: String, _ name: String, _ network: String, host: Int, tier: String = "db-custom-4") -> [Entry] {
        let provider = "registry.terraform.io/hashicorp/google", link = "https://www.googleapis.com/compute/v1/projects/pay"
        return [
            Entry(type: "google_compute_subnetwork", name: "app", key: nil, attributes: ["id": "projects/pay/regions/\(region)/subnetworks/\(name)-app", "name": "\(name)-app", "ip_cidr_range": "\(network).1.0/24", "region": region, "self_link": "\(link)/regions/\(region)/subnetworks/\(name)-app"], provider: provider),
            Entry(type: "google_compute_instance", name: "web", key: nil, attributes: ["id": "projects/pay/zones/\(region)-b/instances/\(name)-web", "name": "\(name)-web", "zone": "\(region)-b", "machine_type": "e2-standard-4", "network_interface": [["network_ip": "\(network).1.\(host)", "subnetwork": "\(link)/regions/\(region)/subnetworks/\(name)-app"] as StackFixture.Object]], dependencies: ["google_compute_subnetwork.app"], provider: provider),
            Entry(type: "google_sql_database_instance", name: "db", key: nil, attributes: ["id": "\(name)-db", "name": "\(name)-db", "region": region, "settings": [["tier": tier, "version": host] as StackFixture.Object]], provider: provider),
            Entry(type: "google_storage_bucket", name: "files", key: nil, attributes: ["id": "\(name)-files", "name": "\(name)-files", "location": region.uppercased(), "url": "gs://\(name)-files"], provider: provider),
            Entry(type: "kubernetes_deployment", name: "api", key: nil, attributes: ["id": "default/api", "metadata": [["name": "api", "generation": host, "resource_version": "8\(host)1"] as StackFixture.Object], "spec": [["image": "\(region)-docker.pkg.dev/pay/api:1.4"] as StackFixture.Object]], provider: "registry.terraform.io/hashicorp/kubernetes"),
        ]
    }

    static func azure(_ region: String, _ name: String, _ network: String) -> [Entry] {
        let provider = "registry.terraform.io/hashicorp/azurerm", group = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-pay-\(name)"
        return [
            Entry(type: "azurerm_resource_group", name: "main", key: nil, attributes: ["id": group, "name": "rg-pay-\(name)", "location": region], provider: provider),
            Entry(type: "azurerm_virtual_network", name: "main", key: nil, attributes: ["id": "\(group)/providers/Microsoft.Network/virtualNetworks/vnet-pay-\(name)", "name": "vnet-pay-\(name)", "location": region, "resource_group_name": "rg-pay-\(name)", "address_space": ["\(network).0.0/16"]], provider: provider),
            Entry(type: "azurerm_subnet", name: "app", key: nil, attributes: ["id": "\(group)/providers/Microsoft.Network/virtualNetworks/vnet-pay-\(name)/subnets/app", "name": "app", "resource_group_name": "rg-pay-\(name)", "virtual_network_name": "vnet-pay-\(name)", "address_prefixes": ["\(network).1.0/24"]], provider: provider),
            Entry(type: "azurerm_storage_account", name: "files", key: nil, attributes: ["id": "\(group)/providers/Microsoft.Storage/storageAccounts/stpay\(name)", "name": "stpay\(name)", "location": region, "primary_location": region, "account_replication_type": "ZRS"], provider: provider),
        ]
    }

    static func findings(_ left: [Entry], _ right: [Entry]) throws -> [String] {
        StackParity.compare(primary: try StackFixture().stack(left), dr: try StackFixture().stack(right)).findings.map(\.brief)
    }

    @Test func `two regions of Google's are in step`() throws {
        #expect(try Self.findings(Self.google("europe-west1", "pay-prod", "10.20", host: 5), Self.google("europe-west4", "pay-dr", "10.30", host: 9)) == [])
    }

    @Test func `a smaller database at Google's is found alone`() throws {
        let found = try Self.findings(Self.google("europe-west1", "pay-prod", "10.20", host: 5), Self.google("europe-west4", "pay-dr", "10.30", host: 9, tier: "db-custom-1"))
        #expect(found.count == 1 && found[0].contains("settings[0].tier"), "\(found)")
    }

    @Test func `two regions of Azure's are in step`() throws {
        #expect(try Self.findings(Self.azure("westeurope", "prod", "10.40"), Self.azure("northeurope", "dr", "10.50")) == [])
    }

    @Test func `a subnet at another offset is found in Azure too`() throws {
        var entries = Self.azure("northeurope", "dr", "10.50")
        entries[2].attributes["address_prefixes"] = ["10.50.7.0/24"]
        let found = try Self.findings(Self.azure("westeurope", "prod", "10.40"), entries)
        #expect(found.count == 1 && found[0].contains("address_prefixes[0]"), "\(found)")
    }
}

extension OtherCloudsTests {
    /// What the providers compute, and what is learned from it: no schema is known.
    @Test func `what Google and Azure compute is no drift, what names it follows`() throws {
        func google(_ region: String, _ name: String, _ network: String, _ host: Int) -> [Entry] {
            let provider = "registry.terraform.io/hashicorp/google"
            return Self.google(region, name, network, host: host) + [
                Entry(type: "google_compute_subnetwork", name: "pods", key: nil, attributes: ["id": "projects/pay/regions/\(region)/subnetworks/\(name)-pods", "name": "\(name)-pods", "ip_cidr_range": "\(network).16.0/20", "region": region, "gateway_address": "\(network).16.1", "secondary_ip_range": [["range_name": "pods", "ip_cidr_range": "\(network).64.0/18"] as StackFixture.Object]], provider: provider),
                Entry(type: "google_container_cluster", name: "main", key: nil, attributes: ["id": "projects/pay/locations/\(region)/clusters/\(name)", "name": name, "location": region, "endpoint": "34.90.10.\(host)", "ip_allocation_policy": [["cluster_ipv4_cidr_block": "\(network).64.0/18"] as StackFixture.Object], "private_cluster_config": [["master_ipv4_cidr_block": "172.16.\(host).0/28", "private_endpoint": "172.16.\(host).2"] as StackFixture.Object]], provider: provider),
                Entry(type: "google_cloud_run_v2_service", name: "in", key: nil, attributes: ["id": "projects/pay/locations/\(region)/services/in", "name": "in", "uri": "https://in-\(host)x7d0a91c4\(host)-ez.a.run.app", "observed_generation": "\(host)"], provider: provider),
                Entry(type: "google_pubsub_subscription", name: "in", key: nil, attributes: ["id": "projects/pay/subscriptions/\(name)-in", "name": "\(name)-in", "push_config": [["push_endpoint": "https://in-\(host)x7d0a91c4\(host)-ez.a.run.app/push"] as StackFixture.Object]], dependencies: ["google_cloud_run_v2_service.in"], provider: provider),
            ]
        }
        #expect(try Self.findings(google("europe-west1", "pay-prod", "10.20", 5), google("europe-west4", "pay-dr", "10.30", 9)) == [])
        func azure(_ region: String, _ name: String, _ network: String, _ host: Int) -> [Entry] {
            Self.azure(region, name, network) + [
                Entry(type: "azurerm_linux_virtual_machine", name: "web", key: nil, attributes: ["id": "/subscriptions/1/vm-\(name)", "name": "vm-\(name)", "location": region, "size": "Standard_D4s_v5", "private_ip_address": "\(network).1.\(host)", "os_disk": [["name": "vm-\(name)_OsDisk_1_\(host)fd107f6a7a57c60d2cd670cfd0aa2", "disk_size_gb": 64] as StackFixture.Object]], provider: "registry.terraform.io/hashicorp/azurerm"),
                Entry(type: "azurerm_linux_web_app", name: "api", key: nil, attributes: ["id": "/subscriptions/1/app-\(name)", "name": "app-\(name)", "location": region, "outbound_ip_addresses": "20.1.\(host).4,20.1.\(host).5", "app_settings": ["BLOB": "https://stpay\(name).blob.core.windows.net/"]], provider: "registry.terraform.io/hashicorp/azurerm"),
            ]
        }
        #expect(try Self.findings(azure("westeurope", "prod", "10.40", 4), azure("northeurope", "dr", "10.50", 7)) == [])
    }
}
