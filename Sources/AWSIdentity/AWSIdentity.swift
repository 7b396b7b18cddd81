// AWSIdentity
