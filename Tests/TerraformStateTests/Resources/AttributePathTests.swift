import TerraformState
import Testing

@Suite struct AttributePathTests {
    @Test(arguments: ["ami", "tags[\"Name\"]", "ingress[0].cidr_blocks[1]", "a.b.c", "m[\"a.b\\\"c\"][2].x", "timeouts.create", "a-b"])
    func readsWhatItPrints(text: String) {
        #expect(AttributePath(parsing: text)?.description == text)
    }

    @Test(arguments: ["", ".", "a.", "[0]", "a[", "a[x]", "a b", "a..b", "a[\"x]", "0"])
    func refusesWhatIsNoPath(text: String) {
        #expect(AttributePath(parsing: text) == nil)
    }
}
