import Testing

@testable import AccessControl

/// What a policy means: effect, patterns, principals, conditions.
@Suite struct PolicyTests {
    static func document(_ statements: String) throws -> PolicyDocument {
        try #require(PolicyDocument(json: #"{"Version": "2012-10-17", "Statement": \#(statements)}"#))
    }

    static func verdict(_ statements: String, _ request: PolicyRequest) throws -> PolicyVerdict {
        try [document(statements)].verdict(on: request)
    }

    static let read = PolicyRequest("s3:GetObject", on: "arn:aws:s3:::states/a")

    @Test(arguments: [
        (#""s3:GetObject""#, #""*""#, PolicyVerdict.allowed), (#""S3:getobject""#, #""arn:aws:s3:::states/*""#, .allowed), (#"["s3:Put*", "s3:Get*"]"#, #"["x", "arn:aws:s3:::states/?"]"#, .allowed),
        (#""s3:*Object""#, #""*states*""#, .allowed), (#""s3:GetObject""#, #""arn:aws:s3:::States/*""#, .notAllowed), (#""s3:GetObjectVersion""#, #""*""#, .notAllowed),
        (#""s3:GetObject?""#, #""*""#, .notAllowed), (#""*""#, #""arn:aws:s3:::states""#, .notAllowed),
    ])
    func actionsAndResourcesArePatterns(action: String, resource: String, expected: PolicyVerdict) throws {
        #expect(try Self.verdict(#"{"Effect": "Allow", "Action": \#(action), "Resource": \#(resource)}"#, Self.read) == expected)
    }

    @Test func exclusionsMeanEverythingElse() throws {
        let others = #"{"Effect": "Allow", "NotAction": "s3:Delete*", "NotResource": "arn:aws:s3:::logs/*"}"#
        #expect(try Self.verdict(others, Self.read) == .allowed)
        #expect(try Self.verdict(others, PolicyRequest("s3:DeleteObject", on: "arn:aws:s3:::states/a")) == .notAllowed)
        #expect(try Self.verdict(others, PolicyRequest("s3:GetObject", on: "arn:aws:s3:::logs/a")) == .notAllowed)
    }

    @Test func oneDenyDecidesWhateverOthersAllow() throws {
        let allow = try Self.document(#"[{"Effect": "Allow", "Action": "*", "Resource": "*"}]"#)
        let deny = try Self.document(#"[{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::states/*"}]"#)
        #expect([allow, deny].verdict(on: Self.read) == .denied && [deny].verdict(on: PolicyRequest("s3:GetObject", on: "x")) == .notAllowed)
    }

    @Test func whatDependsOnUnknownCircumstancesIsSaidToDepend() throws {
        let allow = #"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}"#
        #expect(try Self.verdict(allow, Self.read) == .conditional(on: ["aws:sourceip"]))
        let deny = #"[{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": false}}}]"#
        #expect(try Self.verdict(deny, Self.read) == .conditional(on: ["aws:securetransport"]))
    }

    @Test(arguments: [
        ("StringEquals", #""s3.us-east-1.amazonaws.com""#, true), ("StringLike", #"["ec2.*", "s3.*"]"#, true), ("StringEquals", #""s3.*""#, false), ("StringNotEquals", #""s3.eu-west-1.amazonaws.com""#, true),
        ("ForAnyValue:StringLikeIfExists", #""s3.*""#, true), ("StringEqualsIgnoreCase", #""S3.US-EAST-1.amazonaws.com""#, true), ("ArnNotLike", #""s3.*""#, false),
    ])
    func knownCircumstancesAreCompared(operation: String, values: String, holds: Bool) throws {
        let request = PolicyRequest("kms:Decrypt", on: "k", context: ["kms:viaservice": "s3.us-east-1.amazonaws.com"])
        let statement = #"{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": {"\#(operation)": {"kms:ViaService": \#(values)}}}"#
        #expect(try Self.verdict(statement, request) == (holds ? .allowed : .notAllowed))
    }

    @Test(arguments: [
        (#""*""#, [PolicyPrincipal.everybody, .service("s3.amazonaws.com"), .account("111122223333"), .identity(arn: "arn:aws:iam::111122223333:role/r")]),
        (#"{"AWS": "*"}"#, [.everybody, .service("s3.amazonaws.com"), .account("111122223333"), .identity(arn: "arn:aws:iam::111122223333:role/r")]),
        (#"{"Service": ["s3.amazonaws.com", "x"]}"#, [.service("s3.amazonaws.com")]), (#"{"AWS": "111122223333"}"#, [.account("111122223333")]),
        (#"{"AWS": ["arn:aws:iam::111122223333:root"]}"#, [.account("111122223333")]), (#"{"AWS": "arn:aws:iam::111122223333:role/r"}"#, [.identity(arn: "arn:aws:iam::111122223333:role/r")]),
        (#"{"AWS": "arn:aws:iam::444455556666:root"}"#, []),
    ] as [(String, [PolicyPrincipal])])
    func principalsAreToldApart(principal: String, named: [PolicyPrincipal]) throws {
        let statement = #"{"Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRole"}"#
        for candidate in [PolicyPrincipal.everybody, .service("s3.amazonaws.com"), .account("111122223333"), .identity(arn: "arn:aws:iam::111122223333:role/r")] {
            #expect(try Self.verdict(statement, PolicyRequest("sts:AssumeRole", on: "", by: candidate)) == (named.contains(candidate) ? .allowed : .notAllowed), "\(candidate)")
        }
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"Statement": [{}]}"#, #"{"Statement": {"Effect": "Maybe", "Action": "*"}}"#, #"{"Statement": {"Effect": "Allow", "Action": [1, {}]}}"#, #"{"Statement": {"Effect": "Allow", "Action": "*", "Condition": []}}"#])
    func whatIsNoPolicyIsNotJudged(text: String) {
        #expect(PolicyDocument(json: text) == nil)
    }

    @Test func manyStarsDoNotCostExponentially() {
        #expect(!PolicyPatterns.matches(String(repeating: "*a", count: 40) + "b", String(repeating: "a", count: 2_000)))
    }
}
