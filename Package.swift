// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The folder list reads from bytes to report: a target depends only on targets above it in this file.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude, swiftSettings: settings)
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "tfguard",
    products: [
        .executable(name: "tfguard", targets: ["tfguard"]),
        .library(name: "TFGuardState", targets: ["StateJSON", "TerraformState", "StateComparison", "ProviderSchema", "StackParity", "Findings"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, each imported by one module.
        systemLibrary("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        systemLibrary("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        .target(name: "CScan"),

        // Pure: bytes in, values out.
        module("Findings"),
        module("Timestamps"),
        module("SecretDetection"),
        module("StateJSON", ["CScan"]),
        module("TerraformState", ["StateJSON"]),
        module("Cryptography", ["COpenSSL"]),

        // Towards AWS.
        module("HTTPTransport", ["CCurl"]),
        module("AWSEndpoints"),
        module("AWSIdentity", ["HTTPTransport", "AWSEndpoints", "Cryptography", "Timestamps"]),
        module("S3", ["HTTPTransport", "AWSEndpoints", "AWSIdentity", "Cryptography", "Timestamps"]),

        module("AWSServices", ["HTTPTransport", "AWSEndpoints", "AWSIdentity", "Timestamps"]),
        module("DynamoDB", ["AWSServices", "HTTPTransport", "AWSEndpoints", "AWSIdentity"]),
        module("AccessControl", ["AWSServices", "HTTPTransport", "AWSEndpoints", "AWSIdentity", "StateJSON"]),

        // Where backups live, and where states live.
        module("Vault", ["StateJSON", "TerraformState", "Cryptography", "Timestamps", "CZlib"]),
        module("Sites", ["Cryptography", "S3", "AWSIdentity", "AWSEndpoints", "HTTPTransport", "StateJSON", "TerraformState", "Timestamps", yams]),
        module("Snapshots", ["Sites", "S3", "Vault", "StateJSON", "TerraformState", "Cryptography", "Findings", "Timestamps"]),

        // What differs, in meaning.
        .executableTarget(name: "schema-compiler", swiftSettings: settings),
        .plugin(name: "SchemaCompiler", capability: .buildTool(), dependencies: ["schema-compiler"]),
        .target(name: "ProviderSchema", dependencies: ["StateJSON"], swiftSettings: settings, plugins: ["SchemaCompiler"]),
        .executableTarget(name: "schema-extract", dependencies: ["ProviderSchema", "StateJSON"], swiftSettings: settings),
        .plugin(
            name: "UpdateProviderSchema",
            capability: .command(
                intent: .custom(verb: "update-provider-schema", description: "Remake the built-in provider attribute table from `terraform providers schema -json`"),
                permissions: [.writeToPackageDirectory(reason: "writes Sources/ProviderSchema/*.tsv")]),
            dependencies: ["schema-extract"]),
        module("StateComparison", ["StateJSON", "TerraformState", "SecretDetection"]),
        module("StackParity", ["StateJSON", "TerraformState", "ProviderSchema", "SecretDetection", "Findings"]),

        // The worst day.
        module("Replication", ["AccessControl", "DynamoDB", "AWSServices", "Snapshots", "Sites", "Vault", "StateComparison", "S3", "AWSEndpoints", "StateJSON", "TerraformState", "Cryptography", "Findings", "Timestamps"]),

        module("Recovery", ["Replication", "AWSIdentity", "Snapshots", "Sites", "Vault", "StateComparison", "S3", "DynamoDB", "StateJSON", "TerraformState", "Cryptography", "Findings", "Timestamps"]),

        // What a person sees.
        module("Reports", ["Cryptography", "Findings", "StackParity", "StateComparison", "Timestamps"]),
        module("TFGuardCommands", ["Reports", "Recovery", "DynamoDB", "AccessControl", "AWSServices", "Replication", "Snapshots", "Sites", "Vault", "S3", "AWSIdentity", "AWSEndpoints", "HTTPTransport", "StackParity", "StateComparison", "ProviderSchema", "SecretDetection", "StateJSON", "TerraformState", "Cryptography", "Findings", "Timestamps", argumentParser, logging]),
        .executableTarget(name: "tfguard", dependencies: ["TFGuardCommands"], swiftSettings: settings),

        // Measured beside its peers by the run.sh in its folder.
        .executableTarget(name: "TransportBenchmark", dependencies: ["HTTPTransport"], path: "samples/benchmarks/Transport", exclude: ["run.sh"], swiftSettings: settings),

        module("TestSupport", ["Cryptography"]),
        tests(of: "Findings"),
        tests(of: "Timestamps"),
        tests(of: "Cryptography", ["TestSupport"]),
        tests(of: "SecretDetection"),
        tests(of: "StateJSON", ["TestSupport"]),
        tests(of: "TerraformState", ["StateJSON", "TestSupport"]),
        tests(of: "HTTPTransport", ["TestSupport"]),
        tests(of: "AWSEndpoints", ["TestSupport"]),
        tests(of: "AWSIdentity", ["HTTPTransport", "AWSEndpoints", "Cryptography", "Timestamps", "TestSupport"]),
        tests(of: "S3", ["HTTPTransport", "AWSEndpoints", "AWSIdentity", "Cryptography", "Timestamps", "TestSupport"]),
        tests(of: "DynamoDB", ["AWSServices", "HTTPTransport", "AWSIdentity", "Timestamps", "TestSupport"]),
        tests(of: "AccessControl", ["AWSServices", "HTTPTransport", "AWSIdentity", "TestSupport"]),
        module("VaultFaults", ["Vault"]),
        tests(of: "Vault", ["VaultFaults", "StateJSON", "TerraformState", "Cryptography", "Timestamps", "TestSupport"]),
        tests(of: "Sites", ["S3", "AWSIdentity", "AWSEndpoints", "HTTPTransport", "TerraformState", "StateJSON", "Timestamps", "TestSupport"]),
        tests(of: "Snapshots", ["Sites", "S3", "Vault", "TerraformState", "StateJSON", "Cryptography", "AWSIdentity", "HTTPTransport", "Timestamps", "TestSupport"]),
        tests(of: "ProviderSchema", ["StateJSON", "TestSupport"]),
        tests(of: "StateComparison", ["StateJSON", "TerraformState", "TestSupport"]),
        tests(of: "StackParity", ["StateJSON", "TerraformState", "ProviderSchema", "Findings", "TestSupport"]),
        tests(of: "Recovery", ["Replication", "Snapshots", "Sites", "Vault", "S3", "DynamoDB", "AWSServices", "AWSIdentity", "HTTPTransport", "Timestamps", "StateJSON", "TerraformState", "Findings", "Cryptography", "TestSupport"]),
        tests(of: "Replication", ["AccessControl", "DynamoDB", "AWSServices", "Snapshots", "Sites", "Vault", "S3", "AWSIdentity", "HTTPTransport", "StateJSON", "TerraformState", "Cryptography", "Findings", "Timestamps", "TestSupport"]),
        .target(name: "StateTrials", dependencies: ["StackParity", "StateComparison", "StateJSON", "TerraformState"], path: "Tests/StateTrials", swiftSettings: settings),
        .testTarget(name: "MutationTests", dependencies: ["StateTrials", "StateJSON"], swiftSettings: settings),
        tests(of: "Reports", ["Cryptography", "Findings", "StackParity", "StateComparison", "Timestamps", "TestSupport"], exclude: ["Goldens"]),
        tests(of: "TFGuardCommands", ["Reports", "DynamoDB", "AWSServices", "AWSIdentity", "HTTPTransport", "Snapshots", "Sites", "Vault", "S3", "StateJSON", "TerraformState", "Cryptography", "Timestamps", "TestSupport", "tfguard", logging]),
    ],
    swiftLanguageModes: [.v6]
)

// The benchmark of samples/benchmarks/state-scan.sh; built only when it is asked for by name.
if Context.environment["TFGUARD_FOCUS"]?.contains("StateScan") == true {
    package.targets.append(.executableTarget(name: "StateScan", dependencies: ["StateJSON", "TerraformState"], path: "samples/benchmarks/StateScan", exclude: ["README.md"], swiftSettings: settings))
}

// Coverage-guided fuzzing of everything that reads states: Tests/StateFuzzer says how to run it.
if Context.environment["TFGUARD_FOCUS"]?.contains("StateFuzzer") == true {
    let fuzzing = SwiftSetting.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])
    for target in package.targets where ["StateJSON", "TerraformState", "StateComparison", "StackParity", "SecretDetection", "StateTrials"].contains(target.name) {
        target.swiftSettings = settings + [.unsafeFlags(["-sanitize=fuzzer"])]
    }
    package.targets.append(
        .executableTarget(
            name: "StateFuzzer", dependencies: ["StateTrials", "StateJSON"], path: "Tests/StateFuzzer", swiftSettings: settings + [fuzzing],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}

// Working on one module: `TFGUARD_FOCUS=Vault swift test` builds VaultTests and what it needs, nothing else.
if let focus = Context.environment["TFGUARD_FOCUS"] {
    var wanted = Set<String>()
    func include(_ name: String) {
        guard wanted.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else { return }
        for dependency in target.dependencies {
            if case .byNameItem(let name, _) = dependency { include(name) }
            if case .targetItem(let name, _) = dependency { include(name) }
        }
        for usage in target.plugins ?? [] {
            if case .plugin(let name, _) = usage { include(name) }
        }
    }
    for name in focus.split(separator: ",") {
        include("\(name)")
        include("\(name)Tests")
    }
    package.targets.removeAll { !wanted.contains($0.name) }
    package.products.removeAll { _ in true }
    let external = package.targets.flatMap(\.dependencies).compactMap { dependency -> String? in
        if case .productItem(_, let package, _, _) = dependency { return package } else { return nil }
    }
    package.dependencies.removeAll { dependency in
        if case .sourceControl(_, let location, _) = dependency.kind { return !external.contains { location.hasSuffix("/\($0)") } }
        return false
    }
}
