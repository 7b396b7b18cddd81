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
