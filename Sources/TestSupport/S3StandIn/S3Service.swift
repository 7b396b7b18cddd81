import Synchronization

/// Answers requests as S3 does. Everything happens under one lock, as if S3 had one thread.
final class S3Service: Sendable {
    struct State {
        var settings: S3StandIn.Settings
        var buckets: [String: StandInBucket] = [:]
        var faults: [InjectedFault] = []
        var requests: [S3StandIn.Request] = []
        var versionsMade: UInt64 = 0
    }

    let state: Mutex<State>
    let clock: @Sendable () -> Int64

    init(settings: S3StandIn.Settings, clock: @escaping @Sendable () -> Int64) {
        state = Mutex(State(settings: settings))
        self.clock = clock
    }

    func answer(_ http: ScriptedRequest) -> ScriptedResponse {
        let request = S3StandIn.Request(http)
        let now = clock()
        return state.withLock { state in
            state.requests.append(S3StandIn.Request(http.withoutBody))
            var spoilers: [S3StandIn.Fault] = []
            for place in state.faults.indices where state.faults[place].left > 0 && state.faults[place].condition(request) {
                state.faults[place].left -= 1
                if let replacement = state.faults[place].fault.replacement(for: request) { return replacement }
                spoilers.append(state.faults[place].fault)
            }
            var response: ScriptedResponse
            do throws(S3ErrorAnswer) {
                try state.admit(request, now: now)
                response = try state.perform(request, now: now)
            } catch {
                response = error.response(to: request)
            }
            if !response.headers.contains(where: { $0.name == "x-amz-request-id" }) {
                response.headers += [("x-amz-request-id", "STANDIN\(request.number)"), ("x-amz-id-2", "host-STANDIN\(request.number)")]
            }
            if !response.headers.contains(where: { $0.name == "Date" }) { response.headers.append(("Date", httpDate(now + state.settings.clockOffset))) }
            for spoiler in spoilers { spoiler.spoil(&response) }
            return response
        }
    }
}

extension ScriptedRequest {
    fileprivate var withoutBody: ScriptedRequest {
        ScriptedRequest(method: method, target: target, headers: headers, body: [], connection: connection, number: number)
    }
}

extension S3Service.State {
    /// What S3 checks before it looks at the operation.
    fileprivate func admit(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) {
        let authorization = request.header("authorization")
        if settings.requiresAuthorization, authorization == nil, request.http.query("X-Amz-Signature") == nil {
            throw S3ErrorAnswer(403, "AccessDenied", "Access Denied")
        }
        if settings.checksClock, let date = (request.header("x-amz-date") ?? request.http.query("X-Amz-Date")).flatMap(seconds(ofAmzDate:)) {
            let server = now + settings.clockOffset
            if abs(date - server) > 900 { throw .timeTooSkewed(serverTime: server) }
        }
        if settings.checksRegion, let bucket = buckets[request.bucket], let scope = authorization?.split(separator: "/"), scope.count > 4, scope[2] != bucket.region {
            throw S3ErrorAnswer(
                400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region '\(scope[2])' is wrong; expecting '\(bucket.region)'",
                headers: [("x-amz-bucket-region", bucket.region)], details: [("Region", bucket.region)])
        }
    }

    fileprivate mutating func perform(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) -> ScriptedResponse {
        switch request.operation {
        case .listBuckets: return listBuckets()
        case .createBucket: return try createBucket(request, now: now)
        case .headBucket:
            let bucket = try bucket(of: request)
            return ScriptedResponse(headers: [("x-amz-bucket-region", bucket.region)])
        case .getConfiguration(let name): return try configuration(name, request)
        case .putConfiguration(let name): return try setConfiguration(name, request)
        case .deleteConfiguration(let name):
            _ = try bucket(of: request)
            buckets[request.bucket]?.configurations[name] = nil
            return ScriptedResponse(204)
        case .listObjectVersions: return try VersionListing(request, settings: settings).response(of: bucket(of: request))
        case .listObjects: return try ObjectListing(request, settings: settings).response(of: bucket(of: request))
        case .getObject, .headObject: return try getObject(request)
        case .putObject: return try putObject(request, now: now)
        case .copyObject: return try copyObject(request, now: now)
        case .deleteObject: return try deleteObject(request, now: now)
        case .unknown: throw S3ErrorAnswer(501, "NotImplemented", "A header or operation you provided implies functionality that is not implemented")
        }
    }

    func bucket(of request: S3StandIn.Request) throws(S3ErrorAnswer) -> StandInBucket {
        guard let bucket = buckets[request.bucket] else { throw S3ErrorAnswer(404, "NoSuchBucket", "The specified bucket does not exist") }
        return bucket
    }

    /// An opaque version id: the same sequence in every run, with every character that AWS uses.
    mutating func makeVersionID() -> String {
        versionsMade += 1
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._".utf8)
        var id: [UInt8] = []
        for word in 0..<3 {
            // SplitMix64.
            var value = (versionsMade &* 3 &+ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            value ^= value >> 31
            for _ in 0..<10 {
                id.append(alphabet[Int(value & 63)])
                value >>= 6
            }
        }
        return String(decoding: id, as: UTF8.self)
    }
}
