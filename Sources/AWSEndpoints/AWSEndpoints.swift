// AWSEndpoints
