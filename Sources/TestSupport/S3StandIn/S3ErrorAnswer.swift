/// An error as S3 writes it.
struct S3ErrorAnswer: Error {
    let status: Int
    let code: String
    let message: String
    var headers: [(name: String, value: String)] = []
    /// Elements besides Code, Message and the ids.
    var details: [(name: String, value: String)] = []

    init(_ status: Int, _ code: String, _ message: String, headers: [(name: String, value: String)] = [], details: [(name: String, value: String)] = []) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.details = details
    }

    static func timeTooSkewed(serverTime: Int64) -> S3ErrorAnswer {
        S3ErrorAnswer(
            403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.",
            headers: [("Date", httpDate(serverTime))], details: [("ServerTime", isoDate(serverTime)), ("MaxAllowedSkewMilliseconds", "900000")])
    }

    static func redirect(region: String) -> S3ErrorAnswer {
        S3ErrorAnswer(
            301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.",
            headers: [("x-amz-bucket-region", region), ("Location", "http://127.0.0.1:1/never-follow")], details: [("Endpoint", "s3.\(region).amazonaws.com")])
    }

    func response(to request: S3StandIn.Request) -> ScriptedResponse {
        let requestID = "STANDIN\(request.number)"
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code><Message>\(escapedXML(message.utf8))</Message>"
        for detail in details { xml += "<\(detail.name)>\(escapedXML(detail.value.utf8))</\(detail.name)>" }
        if !request.bucket.isEmpty { xml += "<BucketName>\(escapedXML(request.bucket.utf8))</BucketName>" }
        if !request.keyBytes.isEmpty { xml += "<Key>\(escapedXML(request.keyBytes))</Key>" }
        xml += "<RequestId>\(requestID)</RequestId><HostId>host-\(requestID)</HostId></Error>"
        let headers = headers + [("x-amz-request-id", requestID), ("x-amz-id-2", "host-\(requestID)"), ("Content-Type", "application/xml")]
        return .text(status, xml, headers: headers)
    }
}
