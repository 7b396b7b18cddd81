public import Cryptography
public import StateJSON
public import TerraformState

/// The bytes of one version, looked at once: what they are, and which real objects they hold.
public struct ExaminedContent: Sendable {
    public let bytes: StateBytes
    public let sha256: SHA256Digest
    public let reading: StateReading
    /// The state that the bytes are, or that is inside their wrapping.
    public var state: TerraformState? { reading.state ?? reading.wrapped?.state }
    /// The managed objects, by what identifies them across renames.
    let objects: Set<ManagedObject>

    public init(_ bytes: StateBytes, sha256: SHA256Digest) {
        self.bytes = bytes
        self.sha256 = sha256
        reading = StateRepair.reading(of: bytes)
        objects = Set((reading.state ?? reading.wrapped?.state)?.instances.compactMap(ManagedObject.init) ?? [])
    }

    /// Serial and lineage, for every form that carries them.
    public var generation: Generation? {
        switch reading.wrapped?.form ?? reading.form {
        case .state(let summary), .legacy(let summary): summary.generation
        case .encrypted(let envelope): envelope.generation
        default: nil
        }
    }

    /// Whether both hold the same state: the same bytes, wrapped or not, or the same JSON in another layout.
    func means(_ other: ExaminedContent) -> Bool {
        if sha256 == other.sha256 { return true }
        guard let state, let others = other.state else { return (reading.wrapped?.bytes ?? bytes) == (other.reading.wrapped?.bytes ?? other.bytes) }
        return state.document.root.isEqual(to: others.document.root)
    }
}

/// A real object that a state manages: its type and id, or its address when the provider gives no id.
struct ManagedObject: Hashable, Sendable {
    let type: String
    let identity: String

    init?(_ instance: StateInstance) {
        guard instance.resource.mode == .managed else { return nil }
        type = instance.resource.type
        if let id = instance.attributes?["id"]?.string, !id.isEmpty, id != "none" { identity = id } else { identity = instance.displayAddress }
    }

    /// Whether losing sight of the object means losing sight of data.
    var holdsData: Bool {
        Self.typesThatHoldData.contains(type)
    }

    private static let typesThatHoldData: Set<String> = [
        "aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance", "aws_rds_global_cluster", "aws_s3_bucket", "aws_dynamodb_table", "aws_efs_file_system",
        "aws_fsx_lustre_file_system", "aws_fsx_ontap_file_system", "aws_fsx_windows_file_system", "aws_elasticache_cluster", "aws_elasticache_replication_group",
        "aws_memorydb_cluster", "aws_opensearch_domain", "aws_elasticsearch_domain", "aws_redshift_cluster", "aws_docdb_cluster", "aws_neptune_cluster",
        "aws_kinesis_stream", "aws_msk_cluster", "aws_ebs_volume", "aws_backup_vault", "aws_kms_key", "aws_secretsmanager_secret", "aws_ecr_repository",
        "aws_sqs_queue", "google_sql_database_instance", "google_storage_bucket", "azurerm_storage_account", "azurerm_mssql_database",
    ]
}
