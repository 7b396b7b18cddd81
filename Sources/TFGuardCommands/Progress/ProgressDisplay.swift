import Reports
import Synchronization

/// Shows how far a job is, on standard error: one line repainted in place on a terminal, a line now and then elsewhere.
final class ProgressDisplay: Sendable {
    /// In what way.
    enum Style: Sendable { case line, plain, json, none }

    private struct State {
        var rate = ProgressRate()
        var painted: Duration?
        var phase = ""
        var isOnScreen = false
    }

    private let style: Style
    private let width: Int
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(style: Style, width: Int) {
        self.style = style
        self.width = width
    }

    /// Takes a reading; paints it when the last painting is old enough. Callable from any thread.
    func update(_ reading: ProgressReading) {
        guard style != .none else { return }
        let elapsed = ContinuousClock.now - start
        state.withLock { state in
            if state.phase != reading.phase {
                state.phase = reading.phase
                state.rate = ProgressRate()
            }
            state.rate.add(reading, at: elapsed)
            // The first lines elsewhere than on a terminal come late: short jobs stay silent.
            let next = state.painted.map { $0 + interval } ?? (style == .plain ? interval : .zero)
            guard elapsed >= next else { return }
            state.painted = elapsed
            paint(reading, &state, elapsed)
        }
    }

    /// Takes the repainted line away, so that what follows begins on a clean one.
    func finish() {
        state.withLock { state in
            if state.isOnScreen { StandardError.write("\r\u{1B}[K") }
            state.isOnScreen = false
        }
    }

    private var interval: Duration {
        switch style {
        case .line: .milliseconds(100)
        case .plain: .seconds(10)
        case .json: .seconds(1)
        case .none: .seconds(1)
        }
    }

    private func paint(_ reading: ProgressReading, _ state: inout State, _ elapsed: Duration) {
        switch style {
        case .line:
            let text = DisplayWidth.truncate(ProgressText.line(reading, rate: state.rate), columns: width - 1)
            StandardError.write("\r\(text)\u{1B}[K")
            state.isOnScreen = true
        case .plain: StandardError.write("tfguard: \(ProgressText.line(reading, rate: state.rate))\n")
        case .json: StandardError.write(ProgressText.json(reading, rate: state.rate, elapsed: elapsed) + "\n")
        case .none: break
        }
    }
}
