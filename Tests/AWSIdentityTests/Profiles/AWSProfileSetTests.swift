import AWSEndpoints
import Foundation
import Testing

@testable import AWSIdentity

@Suite("Profiles") struct AWSProfileSetTests {
    private func parse(config: String? = nil, credentials: String? = nil) throws -> AWSProfileSet {
        try AWSProfileSet(config: config.map { Array($0.utf8) }, credentials: credentials.map { Array($0.utf8) })
    }

    @Test("both files merge; the credentials file wins, and each property knows its place") func merges() throws {
        let set = try parse(
            config: "[profile dev]\nregion = eu-west-1 # Ireland\naws_access_key_id = from-config\n",
            credentials: "[dev]\r\nAWS_Access_Key_ID=from-credentials\r\n")
        let profile = try #require(set.profiles["dev"])
        #expect(profile["region"] == "eu-west-1")
        #expect(profile["aws_access_key_id"] == "from-credentials")
        #expect(profile.properties["aws_access_key_id"]?.file == .credentials)
        #expect(profile.properties["aws_access_key_id"]?.line == 2)
    }

    @Test("a byte order mark at the start is no part of the first section") func byteOrderMark() throws {
        #expect(try parse(config: "\u{FEFF}[default]\nregion=r").profiles["default"]?["region"] == "r")
    }

    @Test("values keep equals signs and glued comment characters; blanks and spaced comments go") func values() throws {
        let profile = try #require(
            try parse(config: "[default]\na = x=y#z;w\nb = 1 ;c\nc =\t\nd = 'quoted' \n").profiles["default"])
        #expect(profile["a"] == "x=y#z;w")
        #expect(profile["b"] == "1")
        #expect(profile["c"] == nil)
        #expect(profile.properties["c"]?.value == "")
        #expect(profile["d"] == "'quoted'")
    }

    @Test("sections that AWS tools skip are explained") func skippedSections() throws {
        let set = try parse(config: "[dev]\nregion=r\n[default]\n[profile default]\n", credentials: "[profile x]\n")
        #expect(set.profiles.keys.sorted() == ["default"])
        #expect(set.notes.count == 3)
        #expect(set.notes[0].contains("config, line 1") && set.notes[0].contains("[profile dev]"))
    }

    @Test("errors name file and line", arguments: [
        ("[default]\nnonsense\n", 2, ProfileFileError.Reason.propertyWithoutEquals),
        ("a=b", 1, .propertyOutsideSection), (" a=b", 1, .continuationOutsideSection),
        ("[default]\n a=b", 2, .continuationOutsideProperty), ("[default", 1, .sectionWithoutBracket),
        ("[default]\n=b", 2, .propertyWithoutName), ("[default]\ns3 =\n  x", 3, .subpropertyWithoutEquals),
        ("[default]\ns3 =\n  = x", 3, .subpropertyWithoutName),
    ])
    func errors(text: String, line: Int, reason: ProfileFileError.Reason) {
        #expect(throws: ProfileFileError(path: "config", line: line, reason: reason)) { try parse(config: text) }
    }

    @Test("bytes that are no UTF-8 are refused") func invalidUTF8() {
        #expect(throws: ProfileFileError(path: "config", line: nil, reason: .notUTF8)) {
            try AWSProfileSet(config: [0x5B, 0xFF, 0x5D], credentials: nil)
        }
    }

    @Test("a missing file is an empty one; a huge file, a directory and a pipe are errors", .timeLimit(.minutes(5))) func realFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func load(_ config: String) throws -> AWSProfileSet {
            let environment = ["AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": "\(folder.path)/credentials"]
            return try AWSProfileSet.load(ProfileFileLocations(environment: environment, home: nil), from: LocalFiles())
        }
        #expect(try load("\(folder.path)/none").profiles.isEmpty)
        let huge = folder.appendingPathComponent("huge")
        try Data(count: AWSProfileSet.sizeLimit + 1).write(to: huge)
        #expect(throws: ProfileFileError.self) { try load(huge.path) }
        #expect(throws: ProfileFileError.self) { try load(folder.path) }
        let pipe = "\(folder.path)/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(throws: ProfileFileError.self) { try load(pipe) }
        let credentials = folder.appendingPathComponent("credentials")
        try Data("[default]\n".utf8).write(to: credentials)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: credentials.path)
        #expect(try load("/none").notes.count == 1)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: credentials.path)
        #expect(try load("/none").notes.isEmpty)
    }

    @Test("paths expand the home directory and variables; blank settings are absent") func locations() {
        let environment = ["HOME": "/h", "AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "$DIR/${NAME}/$NONE", "DIR": "/d", "NAME": "n"]
        let found = ProfileFileLocations(environment: environment, home: nil)
        #expect(found.config == "/h/c")
        #expect(found.credentials == "/d/n/$NONE")
        #expect(found.ssoCache == "/h/.aws/sso/cache")
        #expect(ProfileFileLocations(environment: ["AWS_CONFIG_FILE": " "], home: "/p").config == "/p/.aws/config")
        #expect(AWSProfileSet.selectedName(explicit: "x", environment: ["AWS_PROFILE": "y"]) == "x")
        #expect(AWSProfileSet.selectedName(explicit: nil, environment: ["AWS_PROFILE": " "]) == "default")
    }

    @Test("service endpoints of a [services] section reach the endpoint rules") func serviceEndpoints() throws {
        let set = try parse(config: """
            [profile local]
            services = lab
            endpoint_url = https://all.example
            [services lab]
            s3 =
              endpoint_url = http://127.0.0.1:8333
            """)
        let settings = set.endpointSettings(profile: "local", environment: [:])
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings)?.url == "http://127.0.0.1:8333")
        #expect(ConfiguredEndpoint.find(for: .sts, in: settings)?.url == "https://all.example")
    }

    @Test("a replaced file is whole, private and leaves nothing beside it") func replaceFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("replace-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = "\(folder.path)/token.json"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try LocalFiles().replace(path, with: Array("new".utf8))
        let read = try LocalFiles().read(path, limit: 10)
        #expect(read == FileContents(bytes: Array("new".utf8)))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token.json"])
        #expect(throws: FileAccessError(path: path, reason: .tooLarge(limit: 2))) { try LocalFiles().read(path, limit: 2) }
        #expect(throws: FileAccessError(path: "/none/x", reason: .missing)) { try LocalFiles().replace("/none/x", with: []) }
    }

    @Test("a printed profile tells no values") func secretsStayInside() throws {
        let set = try parse(credentials: "[default]\naws_secret_access_key = hush\n")
        var dumped = ""
        dump(set.profiles["default"], to: &dumped)
        #expect(!"\(set.profiles)".contains("hush") && !dumped.contains("hush"))
    }
}
