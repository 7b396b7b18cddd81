import Foundation
import StateJSON
import StateTrials
import Testing

/// Damaged states through parser, health check, diff and drift: ten seconds with every run of the suite, longer by hand:
///
///     TFGUARD_MUTATION_SECONDS=180 TFGUARD_MUTATION_SEED=1 swift test --filter 'MutationTests\.'
///
/// A crash leaves the seed and the number of the trial in the file that is named at the start; TFGUARD_MUTATION_TRIAL runs
/// that one alone.
@Suite struct MutationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static func number(_ name: String) -> UInt64? { environment["TFGUARD_MUTATION_\(name)"].flatMap { UInt64($0) } }

    @Test(.timeLimit(.minutes(30))) func damagedStatesAreReadWithoutHarm() throws {
        let seed = Self.number("SEED") ?? UInt64.random(in: 0...UInt64.max)
        let recorded = SeedStates.recorded(in: (Self.environment["TFGUARD_SHARED"] ?? "../shared") + "/corpus")
        if recorded.isEmpty { print("no recorded states at $TFGUARD_SHARED/corpus: only the built-in one is damaged") }
        let states = [SeedStates.builtIn] + recorded
        let trail = FileManager.default.temporaryDirectory.appending(path: "tfguard-mutation-\(getpid())")
        defer { try? FileManager.default.removeItem(at: trail) }
        print("TFGUARD_MUTATION_SEED=\(seed), \(states.count) states, trials noted in \(trail.path)")
        if let trial = Self.number("TRIAL") { return try run(trial, seed, states) }
        let clock = ContinuousClock(), end = clock.now + .seconds(Int(Self.number("SECONDS") ?? 10))
        var trial: UInt64 = 0, longest: (duration: Duration, trial: UInt64) = (.zero, 0)
        while clock.now < end || trial <= 10 {
            try Data("TFGUARD_MUTATION_SEED=\(seed) TFGUARD_MUTATION_TRIAL=\(trial)\n".utf8).write(to: trail)
            let before = Self.processorTime()
            try run(trial, seed, states)
            let duration = Self.processorTime() - before
            if duration > longest.duration { longest = (duration, trial) }
            trial += 1
        }
        print("\(trial) trials, the longest (number \(longest.trial)) \(longest.duration)")
        #expect(longest.duration < .seconds(60), "trial \(longest.trial) of seed \(seed) took \(longest.duration) of a processor")
    }

    /// What this process has used so far: what else the machine does says nothing about a trial.
    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private func run(_ trial: UInt64, _ seed: UInt64, _ states: [StateBytes]) throws {
        var chance = SplitMix(seed: seed &+ trial &* 0x9E37_79B9)
        let original = try #require(states.randomElement(using: &chance))
        var mutation = StateMutation(seed: chance.next(), others: states)
        let damaged = mutation.mutate(original)
        do {
            try StateTrial(against: original).run(damaged, withDrift: trial % 4 == 0)
        } catch {
            Issue.record("TFGUARD_MUTATION_SEED=\(seed) TFGUARD_MUTATION_TRIAL=\(trial): \(error)")
        }
    }
}
