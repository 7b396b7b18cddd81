import StateComparison
import TerraformState

/// Collects the known secrets of states while something else goes on: nobody needs them before there is something to show.
struct SecretCollection: ~Copyable {
    private let job: Job
    private let thread: DeepThread?

    init(of states: [TerraformState]) {
        job = Job(states)
        thread = states.isEmpty ? nil : DeepThread(job)
    }

    /// Waits for them.
    consuming func take() -> StateComparison.KnownSecrets {
        thread?.join()
        return job.found ?? StateComparison.KnownSecrets(of: job.states)
    }

    private final class Job: DeepThread.Job {
        let states: [TerraformState]
        /// Set before the thread ends, read after.
        private(set) var found: StateComparison.KnownSecrets?

        init(_ states: [TerraformState]) { self.states = states }

        override func run() { found = StateComparison.KnownSecrets(of: states) }
    }
}
