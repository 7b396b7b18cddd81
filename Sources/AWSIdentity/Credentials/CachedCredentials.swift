public import Timestamps

/// Keeps credentials in memory and fetches new ones before they end, with one fetch at a time however many ask.
///
/// With less than 15 minutes left one caller fetches while the others go on with the old ones, and a failure is
/// tolerated. With less than 10 minutes left everybody waits; while the old ones still live, a failure is still
/// tolerated, after that it is thrown. (Windows of botocore's refreshable credentials.)
public actor CachedCredentials: CredentialProvider {
    /// Time before expiry from which one caller fetches anew.
    public static let advisoryWindow: Duration = .seconds(15 * 60)
    /// Time before expiry from which all callers wait for new ones.
    public static let mandatoryWindow: Duration = .seconds(10 * 60)
    /// Pause after a tolerated failure, so that a source in trouble is not asked at every request.
    public static let pauseAfterFailure: Duration = .seconds(60)

    private let provider: any CredentialProvider
    private let now: @Sendable () -> Timestamp
    private var held: AWSCredentials?
    private var fetch: Task<Void, Never>?
    private var waiters: [Int: CheckedContinuation<AWSCredentials, any Error>] = [:]
    private var lastWaiter = 0
    private var lastFetch = 0
    private var lastFailure: Timestamp?

    public init(_ provider: any CredentialProvider, now: @escaping @Sendable () -> Timestamp = { .now() }) {
        self.provider = provider
        self.now = now
    }

    /// - Throws: what the provider throws, or `CancellationError`.
    public func credentials() async throws -> AWSCredentials {
        guard let held else { return try await fetched() }
        guard let expiration = held.expiration else { return held }
        let left = expiration - now()
        if left > Self.advisoryWindow { return held }
        let isMandatory = left <= Self.mandatoryWindow
        if !isMandatory, fetch != nil || isPausing { return held }
        if isMandatory, left > .zero, isPausing { return held }
        do {
            return try await fetched()
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // The fetch took time: what is left counts now.
            guard expiration - now() > .zero else { throw error }
            return held
        }
    }

    /// Forgets the credentials if they are the refused ones, so that the next call fetches.
    public func invalidate(_ refused: AWSCredentials) async {
        guard held?.isSameKey(as: refused) == true else { return }
        held = nil
        lastFailure = nil
        await provider.invalidate(refused)
    }

    private var isPausing: Bool {
        guard let lastFailure else { return false }
        return now() - lastFailure < Self.pauseAfterFailure
    }

    /// The result of the fetch under way, or of a new one. A caller that is cancelled leaves at once; the fetch goes on
    /// as long as anybody waits for it.
    private func fetched() async throws -> AWSCredentials {
        try Task.checkCancellation()
        if fetch == nil {
            lastFetch += 1
            let number = lastFetch
            fetch = Task { await self.fetchAndHold(number) }
        }
        lastWaiter += 1
        let number = lastWaiter
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiters[number] = $0 }
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    private func leave(_ number: Int) {
        waiters.removeValue(forKey: number)?.resume(throwing: CancellationError())
        guard waiters.isEmpty else { return }
        // Who asks next must not get the end of this one.
        fetch?.cancel()
        fetch = nil
    }

    private func fetchAndHold(_ number: Int) async {
        let result: Result<AWSCredentials, any Error>
        do {
            result = .success(try await provider.credentials())
        } catch {
            result = .failure(error)
        }
        guard number == lastFetch, fetch != nil else { return }
        switch result {
        case .success(let fresh): (held, lastFailure) = (fresh, nil)
        case .failure: lastFailure = now()
        }
        fetch = nil
        let leaving = waiters.values
        waiters = [:]
        for waiter in leaving { waiter.resume(with: result) }
    }
}

extension AWSCredentials {
    /// Whether these are the same keys, whatever else is known of them.
    fileprivate func isSameKey(as other: AWSCredentials) -> Bool {
        accessKeyID == other.accessKeyID && sessionToken == other.sessionToken
    }
}
