import Glibc
import HTTPTransport
import Synchronization

/// Fetches the same URL again and again over several connections and prints what it cost.
///
///     TransportBenchmark URL REQUESTS CONNECTIONS [send|sink|stream]
@main
struct Benchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let count = Int(arguments[2]), let connections = Int(arguments[3]), connections > 0 else {
            print("usage: TransportBenchmark URL REQUESTS CONNECTIONS [send|sink|stream]")
            exit(64)
        }
        let url = arguments[1]
        let mode = arguments.count > 4 ? arguments[4] : "send"
        let client = try CurlClient(configuration: CurlConfiguration(maxTransfersPerHost: connections, maxTransfers: connections))
        _ = try await client.send(HTTPRequest(url: url))
        let before = Usage()
        let start = ContinuousClock.now
        let bytes = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<connections {
                group.addTask {
                    var bytes = 0
                    for _ in stride(from: worker, to: count, by: connections) { bytes += try await fetch(url, mode, client) }
                    return bytes
                }
            }
            var total = 0
            for try await bytes in group { total += bytes }
            return total
        }
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let cpu = Usage().cpuSeconds - before.cpuSeconds
        print(
            "mode=\(mode) connections=\(connections) requests=\(count) bytes=\(bytes) wall_s=\(rounded(seconds)) req_per_s=\(Int(Double(count) / seconds))",
            "MB_per_s=\(Int(Double(bytes) / seconds / 1e6)) cpu_s=\(rounded(cpu)) cpu_us_per_request=\(rounded(cpu / Double(count) * 1e6)) peak_rss_MB=\(Usage().peakMegabytes)")
    }

    private static func fetch(_ url: String, _ mode: String, _ client: CurlClient) async throws -> Int {
        let request = HTTPRequest(url: url)
        switch mode {
        case "sink":
            let sink = CountingSink()
            _ = try await client.send(request, into: sink)
            return sink.count
        case "stream":
            var bytes = 0
            for try await piece in try await client.stream(request).body { bytes += piece.count }
            return bytes
        default:
            return try await client.send(request).body.count
        }
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

/// Drops the bytes: what the transport alone costs.
final class CountingSink: ResponseBodySink {
    private let bytes = Atomic<Int>(0)
    var count: Int { bytes.load(ordering: .relaxed) }

    func begin(_ head: HTTPResponseHead) {}
    func receive(_ chunk: UnsafeRawBufferPointer) { bytes.add(chunk.count, ordering: .relaxed) }
}

struct Usage {
    let cpuSeconds: Double
    let peakMegabytes: Int

    init() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        peakMegabytes = usage.ru_maxrss / 1024
    }
}
