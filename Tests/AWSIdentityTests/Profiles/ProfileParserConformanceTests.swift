import AWSEndpoints
import Foundation
import Testing

@testable import AWSIdentity

/// The AWS SDKs' own cases for the config and credentials files.
@Suite("Profile file conformance", .enabled(if: AWSFixtures.arePresent, "needs the shared test data: set TFGUARD_SHARED to its folder"))
struct ProfileParserConformanceTests {
    static let credentials = AWSFixtures.root.appendingPathComponent("credentials")
    static let runtime = credentials.appendingPathComponent("smithy-rs-aws-config/aws/rust-runtime/aws-runtime/test-data")

    @Test("parser: 65 cases") func parser() throws {
        struct File: Decodable { let tests: [Case] }
        struct Case: Decodable {
            struct Input: Decodable { let configFile, credentialsFile: String? }
            struct Config: Decodable {
                let profiles: [String: [String: String]]
                let sso_sessions: [String: [String: String]]?
            }
            struct Output: Decodable {
                let config: Config?
                let errorContaining: String?
            }
            let name: String
            let input: Input
            let output: Output
        }
        let cases = try AWSFixtures.decode(
            File.self, from: Self.runtime.appendingPathComponent("profile-parser-tests.json")
        ).tests
        #expect(cases.count == 65)
        for test in cases {
            do throws(ProfileFileError) {
                let set = try AWSProfileSet(
                    config: test.input.configFile.map { Array($0.utf8) },
                    credentials: test.input.credentialsFile.map { Array($0.utf8) })
                #expect(test.output.errorContaining == nil, "\(test.name): no error")
                #expect(set.profiles.mapValues(\.values) == test.output.config?.profiles, "\(test.name)")
                #expect(set.ssoSessions.mapValues(\.values) == test.output.config?.sso_sessions ?? [:], "\(test.name)")
            } catch {
                let wanted = try #require(test.output.errorContaining, "\(test.name): \(error)")
                #expect("\(error)".contains(wanted), "\(test.name)")
                #expect(error.line != nil, "\(test.name)")
            }
        }
    }

    /// tfguard runs on Linux: cases for Windows are counted, not replayed.
    @Test("file locations: 9 cases, 5 of them for Windows") func locations() throws {
        struct File: Decodable { let tests: [Case] }
        struct Case: Decodable {
            let name, platform, configLocation, credentialsLocation: String
            let environment: [String: String]
            let profile: String?
        }
        let cases = try AWSFixtures.decode(
            File.self, from: Self.runtime.appendingPathComponent("file-location-tests.json")
        ).tests
        #expect(cases.count == 9)
        #expect(cases.filter { $0.platform == "windows" }.count == 5)
        for test in cases where test.platform == "linux" {
            let found = ProfileFileLocations(environment: test.environment, home: "/from/passwd")
            #expect(found.config == test.configLocation, "\(test.name)")
            #expect(found.credentials == test.credentialsLocation, "\(test.name)")
            let name = AWSProfileSet.selectedName(explicit: nil, environment: test.environment)
            #expect(name == test.profile ?? "default", "\(test.name)")
        }
    }

    @Test("botocore's files give profiles or an error with file and line") func botocoreFiles() throws {
        let folder = Self.credentials.appendingPathComponent("botocore-cfg")
        func parse(_ name: String) throws -> AWSProfileSet {
            let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
            return try AWSProfileSet(config: bytes, credentials: nil, configPath: name)
        }
        #expect(try parse("aws_config").profiles["personal"]?["aws_security_token"] == "fiebaz")
        #expect(try parse("aws_config_other").profiles["default"]?["aws_access_key_id"] == "other_foo")
        #expect(try parse("aws_third_config").profiles.keys.sorted() == ["default", "third"])
        #expect(try parse("foo_config").profiles["default"]?["foo_region"] == "us-west-1")
        #expect(try parse("aws_config_nocreds").profiles["default"]?["region"] == "us-west-2")
        let bad = try parse("aws_bad_profile")
        #expect(bad.profiles.keys.sorted() == ["default", "my profile", "personal1"])
        #expect(bad.notes.count == 2)
        let nested = try #require(try parse("aws_config_nested").profiles["default"])
        #expect(nested.properties["s3"]?.subproperties == ["signature_version": "s3v4", "addressing_style": "path"])
        #expect(nested["region"] == "us-west-2")
        let services = try parse("aws_services_config")
        let settings = services.endpointSettings(profile: "default", environment: [:])
        #expect(settings.services["my-services"]?["s3"]?["endpoint_url"] == "https://localhost:5678/")
        #expect(settings.profile["endpoint_url"] == "https://localhost:1234/")
        #expect(try parse("aws_sso_session_config").ssoSessions["sso"]?["sso_region"] == "us-east-1")
        #expect(try parse("boto_config").profiles.isEmpty)
        #expect(try parse("boto_config_empty").profiles.isEmpty)
        for (name, line, reason) in [
            ("aws_config_bad", 1, ProfileFileError.Reason.propertyOutsideSection),
            ("aws_credentials", 1, .propertyOutsideSection),
            ("aws_config_nested_bad", 5, .subpropertyWithoutEquals),
            ("aws_config_badbytes", nil, .notUTF8),
        ] as [(String, Int?, ProfileFileError.Reason)] {
            #expect(throws: ProfileFileError(path: name, line: line, reason: reason)) { try parse(name) }
        }
    }

    @Test("80 files found by fuzzing aws-c-auth end in profiles or a typed error") func fuzzCorpus() throws {
        let folder = Self.credentials.appendingPathComponent("aws-c-auth-fuzz-corpus")
        let files = AWSFixtures.files(under: folder, suffix: "").filter { $0.deletingLastPathComponent() != folder }
        #expect(files.count == 80)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            for (config, credentials) in [(bytes, nil), (nil, bytes), (bytes, bytes)] as [([UInt8]?, [UInt8]?)] {
                do throws(ProfileFileError) {
                    let set = try AWSProfileSet(config: config, credentials: credentials)
                    #expect(set.profiles.allSatisfy { $0.key == $0.value.name })
                } catch {
                    #expect(error.line ?? 1 > 0)
                }
            }
        }
    }
}
