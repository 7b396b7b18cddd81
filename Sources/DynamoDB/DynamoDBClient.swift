internal import AWSEndpoints
public import AWSIdentity
public import AWSServices
public import HTTPTransport

/// The operations that Terraform's lock table needs, over DynamoDB's JSON protocol.
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html)
///
/// A request whose answer was lost is sent again. A conditional write that did happen then fails its own condition:
/// after `conditionFailed` read the item and see whether it is yours.
public struct DynamoDBClient: Sendable {
    let service: ServiceClient

    public init(_ configuration: ServiceConfiguration, credentials: any CredentialProvider, http: any HTTPClient) {
        service = ServiceClient(.dynamodb, configuration, credentials: credentials, http: http)
    }

    /// The region that the client asks.
    public var region: String { service.configuration.region }

    /// The item with this key, read consistently; nil when there is none.
    ///
    /// - Throws: ``DynamoDBError``, or `CancellationError`.
    public func item(_ key: [String: AttributeValue], in table: String) async throws -> [String: AttributeValue]? {
        struct Question: Encodable { var TableName: String; var Key: [String: AttributeValue]; var ConsistentRead = true }
        struct Answer: Decodable { var Item: [String: AttributeValue]? }
        return try await call("GetItem", table, Question(TableName: table, Key: key), returning: Answer.self).Item
    }

    /// Writes an item over the one with its key.
    ///
    /// - Throws: ``DynamoDBError``, `conditionFailed` when the condition did not hold; or `CancellationError`.
    public func put(_ item: [String: AttributeValue], in table: String, condition: Condition? = nil) async throws {
        struct Question: Encodable {
            var TableName: String
            var Item: [String: AttributeValue]
            var ConditionExpression: String?
            var ExpressionAttributeNames: [String: String]?
            var ExpressionAttributeValues: [String: AttributeValue]?
        }
        let question = Question(
            TableName: table, Item: item, ConditionExpression: condition?.expression, ExpressionAttributeNames: condition?.names,
            ExpressionAttributeValues: condition?.values.isEmpty == false ? condition?.values : nil)
        _ = try await call("PutItem", table, question, returning: Nothing.self)
    }

    /// Deletes the item with this key; no error when there is none.
    ///
    /// - Throws: ``DynamoDBError``, `conditionFailed` when the condition did not hold; or `CancellationError`.
    public func delete(_ key: [String: AttributeValue], in table: String, condition: Condition? = nil) async throws {
        struct Question: Encodable {
            var TableName: String
            var Key: [String: AttributeValue]
            var ConditionExpression: String?
            var ExpressionAttributeNames: [String: String]?
            var ExpressionAttributeValues: [String: AttributeValue]?
        }
        let question = Question(
            TableName: table, Key: key, ConditionExpression: condition?.expression, ExpressionAttributeNames: condition?.names,
            ExpressionAttributeValues: condition?.values.isEmpty == false ? condition?.values : nil)
        _ = try await call("DeleteItem", table, question, returning: Nothing.self)
    }

    /// What a table is: its state and its replicas in other regions (a global table).
    ///
    /// - Throws: ``DynamoDBError``, or `CancellationError`.
    public func describe(_ table: String) async throws -> TableDescription {
        struct Question: Encodable { var TableName: String }
        struct Answer: Decodable {
            struct Replica: Decodable { var RegionName: String? }
            struct Table: Decodable { var TableStatus: String?; var Replicas: [Replica]? }
            var Table: Table
        }
        let answer = try await call("DescribeTable", table, Question(TableName: table), returning: Answer.self).Table
        return TableDescription(status: answer.TableStatus ?? "", replicaRegions: answer.Replicas?.compactMap(\.RegionName) ?? [])
    }

    /// An answer of which nothing is read.
    private struct Nothing: Decodable {}
}

/// A table's state and replicas.
public struct TableDescription: Hashable, Sendable {
    /// `ACTIVE`, `CREATING`, …
    public var status: String
    /// The other regions of a global table.
    public var replicaRegions: [String]
}
