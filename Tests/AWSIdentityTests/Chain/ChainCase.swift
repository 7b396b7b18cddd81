import AWSEndpoints
import Foundation
import HTTPTransport
import Timestamps

@testable import AWSIdentity

/// One folder of the AWS SDK for Rust's credential cases: `env.json`, `fs/`, `http-traffic.json`, `test-case.json`.
struct ChainCase {
    let name: String
    let environment: [String: String]
    let files: InMemoryFiles
    let exchanges: [ReplayingClient.Exchange]
    let expected: Expected

    struct Expected: Decodable {
        struct Credentials: Decodable {
            let access_key_id, secret_access_key: String
            let session_token: String?
            let expiry: Int64?
        }
        struct Result: Decodable {
            let Ok: Credentials?
            let ErrorContains: String?
        }
        let result: Result
    }

    /// The moment at which the SDK replays its cases, 2009-02-13T23:31:30Z.
    static let moment = Timestamp(seconds: 1_234_567_890)

    init(_ folder: URL) throws {
        name = folder.lastPathComponent
        environment = try AWSFixtures.decode([String: String].self, from: folder.appendingPathComponent("env.json"))
        expected = try AWSFixtures.decode(Expected.self, from: folder.appendingPathComponent("test-case.json"))
        let root = folder.appendingPathComponent("fs")
        var contents: [String: [UInt8]] = [:]
        for file in AWSFixtures.files(under: root, suffix: "") {
            guard let data = try? Data(contentsOf: file) else { continue }
            contents[String(file.path.dropFirst(root.path.count))] = [UInt8](data)
        }
        files = InMemoryFiles(contents)
        let traffic = folder.appendingPathComponent("http-traffic.json")
        exchanges = FileManager.default.fileExists(atPath: traffic.path) ? try Self.exchanges(traffic) : []
    }

    /// A chain in this world. `programs` stands for the machine's.
    func world(http: any HTTPClient, programs: any ProgramRunner) -> IdentityWorld {
        var environment = environment
        // The SDK that the cases come from has no version 1 of the metadata service at all.
        environment["AWS_EC2_METADATA_V1_DISABLED"] = "true"
        return IdentityWorld(
            environment: environment, files: files, http: http, programs: programs,
            // Some cases put an `http://` endpoint in place of AWS's, which is refused by default.
            plaintextPolicy: .allowed, now: { Self.moment }, sleep: { _ in }, random: { 0.5 })
    }

    /// The record is a list of events; requests and answers are put together by their connection.
    private static func exchanges(_ url: URL) throws -> [ReplayingClient.Exchange] {
        struct Traffic: Decodable {
            struct Event: Decodable {
                struct Action: Decodable {
                    let Request: RequestEvent?
                    let Response: ResponseEvent?
                    let Data: DataEvent?
                }
                let connection_id: Int
                let action: Action
            }
            struct RequestEvent: Decodable {
                struct Body: Decodable {
                    let uri, method: String
                    let headers: [String: [String]]
                }
                let request: Body
            }
            struct ResponseEvent: Decodable {
                struct Body: Decodable {
                    struct Ok: Decodable {
                        let status: Int
                        let headers: [String: [String]]
                    }
                    let Ok: Ok
                }
                let response: Body
            }
            struct DataEvent: Decodable {
                struct Body: Decodable { let Utf8: String? }
                let data: Body
                let direction: String
            }
            let events: [Event]
        }
        /// Those of the recorded request that any client would send.
        let meaningful = [
            "x-amz-sso_bearer_token", "x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds",
            "content-type", "accept",
        ]
        var exchanges: [Int: ReplayingClient.Exchange] = [:]
        for event in try AWSFixtures.decode(Traffic.self, from: url).events {
            let id = event.connection_id
            if let request = event.action.Request?.request {
                let headers = request.headers.compactMap { name, values in
                    meaningful.contains(name.lowercased()) ? (name.lowercased(), values.joined(separator: ",")) : nil
                }
                exchanges[id] = ReplayingClient.Exchange(
                    method: request.method, url: request.uri, headers: Dictionary(headers) { $1 })
            } else if let response = event.action.Response?.response.Ok {
                exchanges[id]?.status = response.status
                exchanges[id]?.answerHeaders = response.headers.flatMap { name, values in
                    values.map { (name: name, value: $0) }
                }
            } else if let data = event.action.Data, let text = data.data.Utf8 {
                if data.direction == "Response" { exchanges[id]?.answer += text } else { exchanges[id]?.form = form(text) }
            }
        }
        return exchanges.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Action and version; the other fields of the recorded forms come from other environments than the cases'.
    private static func form(_ text: String) -> [String: String] {
        let request = HTTPRequest(url: "https://x", body: .bytes(Array(text.utf8)))
        return ReplayingClient.form(of: request).filter { ["Action", "Version"].contains($0.key) }
    }
}
