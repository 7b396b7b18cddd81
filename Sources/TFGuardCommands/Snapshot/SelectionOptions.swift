import ArgumentParser
import Sites
import Snapshots
import Timestamps

/// Which states and versions a snapshot is about.
struct SelectionOptions: ParsableArguments, Sendable {
    @Option(name: .customLong("state"), help: .variable("TFGUARD_STATE", "Only states whose key matches; may be given several times. The variable takes several with commas.", value: "glob"))
    var states: [String] = []

    @Option(name: .customLong("as-of"), help: .variable("TFGUARD_AS_OF", "The bucket as it was then: an RFC 3339 time with zone, or \(RelativeTime.acceptedForms) ago.", value: "time"))
    var asOf: String?

    @Option(help: .variable("TFGUARD_SHARD", "One part of N of the states, so that several machines share a run.", value: "i/n"))
    var shard: String?

    func options(_ environment: EnvironmentVariables, parallel: Int, now: Timestamp) throws(UsageProblem) -> SnapshotOptions {
        var options = SnapshotOptions(parallel: parallel)
        let patterns = states.isEmpty ? (environment["TFGUARD_STATE"] ?? "").split(separator: ",").map(String.init) : states
        for pattern in patterns {
            guard let glob = Glob(pattern) else {
                throw UsageProblem("--state", "\"\(pattern)\" is no pattern", hint: "* stands for anything but a slash, ** for anything, ? for one character.")
            }
            options.states.append(glob)
        }
        if let text = asOf ?? environment["TFGUARD_AS_OF"] { options.asOf = try moment(text, now: now) }
        if let text = shard ?? environment["TFGUARD_SHARD"] {
            guard let part = StateSelection.Shard(text) else {
                throw UsageProblem("--shard", "\"\(text)\" is no part of a whole", hint: "Write I/N with I from 1 to N: 2/8.")
            }
            options.shard = part
        }
        return options
    }

    /// Times without a zone, and dates such as 06-07-2026, mean different moments to different people: refused.
    private func moment(_ text: String, now: Timestamp) throws(UsageProblem) -> Timestamp {
        if let moment = Timestamp(rfc3339: text) { return moment }
        if let relative = RelativeTime(text) { return now - relative.duration }
        throw UsageProblem(
            "--as-of", "\"\(text)\" is no time that can be understood in one way only",
            hint: "Write 2026-11-22T14:02:14Z (with a zone), or \(RelativeTime.acceptedForms).")
    }
}
