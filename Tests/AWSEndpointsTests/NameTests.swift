import AWSEndpoints
import Testing

struct NameTests {
    @Test func encodingKeepsOnlyTheUnreservedBytes() {
        #expect(PercentEncoding.encode("a b+c/é~._-") == "a%20b%2Bc%2F%C3%A9~._-")
        #expect(PercentEncoding.encodePath("env:/dev/a//b/../c") == "env%3A/dev/a//b/../c")
        #expect(PercentEncoding.encode("\u{0}\u{7F}%") == "%00%7F%25")
    }

    @Test func decodingIsTheInverse() {
        #expect(PercentEncoding.decode("a%20b%2bc") == "a b+c")
        #expect(PercentEncoding.decode("a+b%2Bc", plusIsSpace: true) == "a b+c")
        #expect(PercentEncoding.decode("a+b") == "a+b")
        for broken in ["%", "%4", "%zz", "%ff", "%C3%28"] { #expect(PercentEncoding.decode(broken) == nil, "\(broken)") }
    }

    @Test func anARNHasSixFields() {
        let arn = AmazonResourceName("arn:aws:s3:eu-west-1:111122223333:accesspoint/states:x")
        #expect(arn?.resourceParts == ["accesspoint", "states", "x"])
        #expect(arn?.description == "arn:aws:s3:eu-west-1:111122223333:accesspoint/states:x")
        for bad in ["arn:aws:s3:r:a:", "arn:aws:s3:r:a", "arn::s3:r:a:x", "x:aws:s3:r:a:x"] { #expect(AmazonResourceName(bad) == nil) }
    }

    @Test func knownRegionsAreToldFromGuesses() {
        #expect(AWSPartition.isKnown(region: "eu-central-2"))
        #expect(!AWSPartition.isKnown(region: "eu-centrall-2"))
        #expect(AWSPartition.containing(region: "aws-cn-global").name == "aws-cn")
        #expect(AWSPartition.containing(region: "nowhere").name == "aws")
    }
}
