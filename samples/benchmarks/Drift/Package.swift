// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "DriftBenchmark",
    dependencies: [.package(name: "tfguard", path: "../../..")],
    targets: [
        .executableTarget(name: "DriftBenchmark", dependencies: [.product(name: "TFGuardState", package: "tfguard")])
    ],
    swiftLanguageModes: [.v6]
)
