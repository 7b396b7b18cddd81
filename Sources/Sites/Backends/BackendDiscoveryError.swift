/// Why no S3 backend could be taken over.
public enum BackendDiscoveryError: Error, Equatable, Sendable, CustomStringConvertible {
    case none(folder: String)
    case otherBackend(type: String, source: DetectedBackend.Source)
    case noBucket(source: DetectedBackend.Source)
    case unreadable(file: String, line: Int, reason: String)

    public var description: String {
        switch self {
        case .none(let folder): "\(folder): no .terraform/terraform.tfstate and no backend \"s3\" block; run this in a Terraform folder, or give the bucket yourself"
        case .otherBackend(let type, let source): "\(source): the backend is \(type), and tfguard reads states from S3 only"
        case .noBucket(let source): "\(source): the backend block names no bucket that can be read; run terraform init first, or give the bucket yourself"
        case .unreadable(let file, let line, let reason): "\(file):\(line): \(reason)"
        }
    }
}
