/// Why an object of a bucket is not taken for a state. Counted and shown, so that nothing vanishes without a word.
public enum IgnoredReason: String, Sendable, Hashable, CaseIterable, Codable {
    /// `KEY.tflock`, the lock of Terraform's S3 backend.
    case lockFile = "lock_file"
    /// Below `.tfguard/`: the fences of a failover, the scratch copies of a drill.
    case ownRecord = "tfguard_record"
    /// `folder/` objects that consoles and some servers make.
    case folderMarker = "folder_marker"
    /// `.terraform/terraform.tfstate`: Terraform's note of a backend, state format version 3 without resources.
    case backendCache = "backend_cache"
    /// A saved plan, or one as JSON.
    case plan
    /// What `terraform show -json` prints.
    case showJSON = "show_json"
    /// Lock information that does not end in `.tflock`.
    case lockInfo = "lock_info"
    /// Ends in the name of another kind of file.
    case otherFileType = "other_file_type"
    /// Read, and no state.
    case otherContent = "other_content"
    /// Too short to be a state, at every version.
    case tooSmall = "too_small"
    /// Only delete markers are left, and the vault does not know it.
    case deleted
    /// The site's `states` and `exclude`, or `--state`.
    case notSelected = "not_selected"
    /// Belongs to another shard of the run.
    case otherShard = "other_shard"
    /// Could not be read to see what it is; a problem tells why.
    case unreadable
    /// There were more objects to look into than the run may: narrow the site with `prefix` or `states`.
    case notExamined = "not_examined"
}
