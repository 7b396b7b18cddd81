/// URLs that replace AWS's own, per service: `endpoint` (S3 alone) or `endpoints: {s3, sts, sso, dynamodb, iam, kms}`.
public struct ServiceEndpoints: Sendable, Equatable {
    public var s3: String?
    public var sts: String?
    public var sso: String?
    public var dynamodb: String?
    public var iam: String?
    public var kms: String?

    public init(s3: String? = nil, sts: String? = nil, sso: String? = nil, dynamodb: String? = nil, iam: String? = nil, kms: String? = nil) {
        self.s3 = s3
        self.sts = sts
        self.sso = sso
        self.dynamodb = dynamodb
        self.iam = iam
        self.kms = kms
    }
}
