import AWSIdentity
import AWSServices
import DynamoDB
import Foundation
import HTTPTransport
import TestSupport
import Testing
import Timestamps

@Suite struct DynamoDBClientTests {
    private let transport: CurlClient

    init() throws {
        transport = try CurlClient()
    }

    private func client(_ server: ScriptedServer) -> DynamoDBClient {
        var configuration = ServiceConfiguration(region: "eu-west-1", endpoint: server.url)
        configuration.sleep = { _ in }
        return DynamoDBClient(configuration, credentials: StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")), http: transport)
    }

    @Test func readsAnItemConsistentlyAndSignsForDynamoDB() async throws {
        let server = try ScriptedServer { _ in .text(200, #"{"Item": {"LockID": {"S": "bucket/key-md5"}, "Digest": {"S": "abc"}, "Count": {"N": "3"}, "Flag": {"BOOL": true}}}"#) }
        let item = try await client(server).item(["LockID": .string("bucket/key-md5")], in: "locks")
        #expect(item == ["LockID": .string("bucket/key-md5"), "Digest": .string("abc"), "Count": .number("3"), "Flag": .other(kind: "BOOL")])
        let request = try #require(server.requests.first)
        #expect(request.header("X-Amz-Target") == "DynamoDB_20120810.GetItem")
        #expect(request.header("Authorization")?.contains("/eu-west-1/dynamodb/aws4_request") == true)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(body["ConsistentRead"] as? Bool == true && body["TableName"] as? String == "locks")
    }

    @Test func anAbsentItemIsNil() async throws {
        let server = try ScriptedServer { _ in .text(200, "{}") }
        #expect(try await client(server).item(["LockID": .string("x")], in: "locks") == nil)
    }

    @Test func conditionsAreSentAndTheirFailureIsToldApart() async throws {
        let server = try ScriptedServer { _ in
            .text(400, #"{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "The conditional request failed"}"#)
        }
        let error = await #expect(throws: DynamoDBError.self) {
            try await client(server).put(["LockID": .string("x")], in: "locks", condition: .absent("LockID"))
        }
        #expect(error?.kind == .conditionFailed)
        #expect(server.requests.count == 1)
        let body = String(decoding: server.requests[0].body, as: UTF8.self)
        #expect(body.contains("attribute_not_exists(#a)") && body.contains(##""#a":"LockID""##) && !body.contains("ExpressionAttributeValues"))
    }

    @Test func faultsOfTheServerAndLostAnswersAreRepeatedThreeTimes() async throws {
        let server = try ScriptedServer { request in
            switch request.number {
            case 0: .text(500, #"{"__type": "InternalServerError"}"#)
            case 1: ScriptedResponse(200, faults: [.closeWithoutAnswer])
            default: .text(200, "{}")
            }
        }
        try await client(server).delete(["LockID": .string("x")], in: "locks", condition: .equal("Info", .string("i")))
        #expect(server.requests.count == 3)
        let down = try ScriptedServer { _ in .text(503, "<html>busy</html>") }
        let error = await #expect(throws: DynamoDBError.self) { try await client(down).item(["LockID": .string("x")], in: "locks") }
        #expect(error?.kind == .serverFault && down.requests.count == 3)
    }

    @Test func aTableThatIsNotThereIsNamed() async throws {
        let server = try ScriptedServer { _ in .text(400, #"{"__type": "ResourceNotFoundException", "message": "Requested resource not found"}"#) }
        let error = await #expect(throws: DynamoDBError.self) { try await client(server).describe("locks") }
        #expect(error?.description.contains("table locks in eu-west-1") == true && error?.hint?.contains("dynamodb_table") == true)
    }

    @Test func answersThatAreNotDynamoDBsAreRefused() async throws {
        let server = try ScriptedServer { _ in .text(200, "<html>") }
        let error = await #expect(throws: DynamoDBError.self) { try await client(server).item(["LockID": .string("x")], in: "locks") }
        #expect(error?.kind == .noUsableAnswer)
    }
}
