import StateJSON
import StateTrials

// libFuzzer's entry. It is guided by what the parser and the comparisons execute, and so finds inputs that blind damage
// does not:
//
//     TFGUARD_FOCUS=StateFuzzer swift build -c release --product StateFuzzer --scratch-path .build/fuzzer
//     .build/fuzzer/release/StateFuzzer -max_total_time=180 -max_len=20000 -timeout=10 CORPUS-FOLDER

private let trial = StateTrial(against: SeedStates.builtIn)

@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = StateBytes(UnsafeBufferPointer(start: start, count: count))
    do {
        try trial.run(bytes, withDrift: true)
    } catch {
        preconditionFailure(error.description)
    }
    return 0
}

// The package manager makes this the program's `main`, which libFuzzer would bring itself otherwise.
@_cdecl("StateFuzzer_main") public func run(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments = Optional(arguments)
    return runDriver(&count, &arguments, testOneInput)
}

@_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ testOneInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
