import TestSupport
import Testing

@testable import Replication

@Suite struct ScaleTests {
    /// 100 000 versions on both sides in step: 200 pages and not one question more.
    @Test func aHundredThousandVersionsInStepCostTheirListings() async throws {
        let world = try await ReplicationWorld()
        let bodies = (1...20).map { S3StandIn.Body(ReplicationWorld.state(serial: $0)) }
        let versions = (0..<1_000).flatMap { state in (0..<100).map { (key: "team-\(state % 10)/stack-\(state)/terraform.tfstate", body: Optional(bodies[$0 % 20])) } }
        world.primary.load(versions, into: "states")
        world.dr.load(versions, into: "states-dr")
        let result = try await world.check()
        #expect(result.states.count == 1_000 && result.states.allSatisfy { $0.isInStep && $0.replicated == 100 } && result.rules().isEmpty && result.problems.isEmpty)
        let operations = (world.primary.requests + world.dr.requests).map(\.operation)
        #expect(operations.count { $0 == .listObjectVersions } == 200)
        #expect(!operations.contains(.headObject) && !operations.contains(.getObject))
    }
}
