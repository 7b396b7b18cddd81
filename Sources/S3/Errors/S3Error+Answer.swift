extension S3Error.Kind {
    /// Sorts an answer by its code, or by its status where there is no code (HEAD has no body).
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html)
    init(code: String, status: Int, isDeleteMarker: Bool, hasVersion: Bool, hasKey: Bool) {
        if isDeleteMarker, status == 404 || status == 405 {
            self = .deleteMarker
            return
        }
        switch code {
        case "NoSuchBucket": self = .noSuchBucket
        case "NoSuchVersion": self = .noSuchVersion
        // Ceph and SeaweedFS say NoSuchKey for a version that is not there.
        case "NoSuchKey": self = hasVersion ? .noSuchVersion : .noSuchKey
        case "AccessDenied", "AllAccessDisabled", "AccountProblem", "AccessForbidden": self = .accessDenied
        case "PreconditionFailed": self = .preconditionFailed
        case "ConditionalRequestConflict", "OperationAborted": self = .conflict
        case "InvalidRange": self = .invalidRange
        case "InvalidObjectState": self = .archived
        case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired": self = .expiredCredentials
        case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity", "InvalidSignatureException", "AuthFailure":
            self = .invalidCredentials
        case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture": self = .clockSkew
        case "PermanentRedirect", "TemporaryRedirect", "Redirect", "IllegalLocationConstraintException": self = .wrongRegion
        case "MethodNotAllowed", "NotImplemented": self = .notSupported
        case let code where S3RetryCodes.throttling.contains(code): self = .throttled
        case let code where S3RetryCodes.transient.contains(code): self = .serverFault
        case let code where Self.unsetConfigurations.contains(code): self = .notConfigured
        default: self.init(status: status, hasVersion: hasVersion, hasKey: hasKey)
        }
    }

    private init(status: Int, hasVersion: Bool, hasKey: Bool) {
        switch status {
        case 301, 302, 307, 308: self = .wrongRegion
        case 304: self = .notModified
        case 401, 403: self = .accessDenied
        case 404: self = hasVersion ? .noSuchVersion : hasKey ? .noSuchKey : .noSuchBucket
        case 405, 501: self = .notSupported
        case 409: self = .conflict
        case 412: self = .preconditionFailed
        case 416: self = .invalidRange
        case 429: self = .throttled
        case 500...599: self = .serverFault
        default: self = .other
        }
    }

    /// What GET answers with 404 when the configuration is simply not there.
    private static let unsetConfigurations: Set<String> = [
        "NoSuchBucketPolicy", "NoSuchLifecycleConfiguration", "NoSuchTagSet", "NoSuchTagSetError", "NoSuchObjectLockConfiguration",
        "NoSuchPublicAccessBlockConfiguration", "ObjectLockConfigurationNotFoundError", "ReplicationConfigurationNotFoundError",
        "ServerSideEncryptionConfigurationNotFoundError",
    ]
}

/// The codes that AWS's standard retry mode repeats.
enum S3RetryCodes {
    static let throttling: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "EC2ThrottledException",
    ]
    static let transient: Set<String> = [
        "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete", "InternalError", "ServiceUnavailable",
    ]
}
