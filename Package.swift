// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "repin",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // Pure: values in, values out.
    .target(name: "PubGrub"),
    .target(name: "PythonPackaging"),
    .target(name: "JSONReading"),
    .target(
      name: "TOMLReading",
      dependencies: ["PythonPackaging", .product(name: "TOMLKit", package: "TOMLKit")]),
    .target(name: "PythonProjects", dependencies: ["PythonPackaging", "TOMLReading"]),
    .target(name: "RequirementsFiles", dependencies: ["PythonPackaging"]),
    .target(
      name: "LockfileFormats",
      dependencies: ["PythonPackaging", "RequirementsFiles", "TOMLReading", "JSONReading"]),
    .target(name: "Resolution", dependencies: ["PubGrub", "PythonPackaging"]),
    .target(name: "UpdatePolicy", dependencies: ["PythonPackaging"]),
    .target(name: "Scheduling", dependencies: ["PythonPackaging", "UpdatePolicy"]),
    .target(name: "LockDiff", dependencies: ["LockfileFormats", "PythonPackaging", "UpdatePolicy"]),
    .target(name: "PullRequests", dependencies: ["JSONReading", "PythonPackaging"]),
    .target(name: "ImageLabels", dependencies: ["JSONReading", "PythonPackaging"]),
    .target(
      name: "Reports",
      dependencies: ["ImageLabels", "LockDiff", "LockfileFormats", "PythonPackaging", "UpdatePolicy"]),

    // The world outside.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Linked statically, by the target that uses it: libarchive.so needs libxml2 and ICU.
    .systemLibrary(
      name: "CArchive",
      providers: [.apt(["libarchive-dev", "libbz2-dev", "liblzma-dev", "nettle-dev", "libzstd-dev"])]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),
    .target(name: "ZipReading", dependencies: ["CZlib"]),
    .target(
      name: "Advisories",
      dependencies: ["JSONReading", "PythonPackaging", "SQLite", "ZipReading", "CYAML"],
      linkerSettings: [.linkedLibrary(":libyaml.a")]),
    .target(name: "PinHistory", dependencies: ["PythonPackaging", "SQLite"]),
    .target(
      name: "PackageIndex",
      dependencies: [
        "JSONReading",
        "PythonPackaging",
        "PythonProjects",
        "SQLite",
        "ZipReading",
        "CArchive",
        "CNettle",
        "CZlib",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      linkerSettings: [
        // Each before what it needs.
        .linkedLibrary(":libarchive.a"),
        .linkedLibrary(":libbz2.a"),
        .linkedLibrary(":liblzma.a"),
        .linkedLibrary(":libnettle.a"),
        .linkedLibrary(":libzstd.a"),
        .linkedLibrary("z"),
      ]
    ),

    // The command.
    .executableTarget(
      name: "repin",
      dependencies: [
        "CMalloc",
        "PubGrub",
        "PythonPackaging",
        "PythonProjects",
        "TOMLReading",
        "RequirementsFiles",
        "Resolution",
        "SQLite",
        "PackageIndex",
        "Advisories",
        "ImageLabels",
        "LockfileFormats",
        "LockDiff",
        "PinHistory",
        "PullRequests",
        "UpdatePolicy",
        "Scheduling",
        "Reports",
        "Scheduling",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      linkerSettings: [
        // Nobody links against repin: without its symbols for others, what nobody calls is left out, 4 MB; and functions of
        // the same instructions are one, where nobody compares their addresses, half a megabyte.
        .unsafeFlags(
          ["-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=safe"], .when(configuration: .release))
      ]
    ),

    // An index in the tests' own process.
    .target(
      name: "IndexServer",
      dependencies: [
        "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTP2", package: "swift-nio-http2"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
      ]
    ),

    // A forge in the tests' own process.
    .target(name: "ForgeServer"),

    // What real projects had, for tests and benchmarks of solving.
    .target(name: "CapturedMetadata", dependencies: ["Resolution", "PythonPackaging"]),
    .executableTarget(
      name: "SolvingBenchmark", dependencies: ["CapturedMetadata", "Resolution", "PythonPackaging"],
      path: "Benchmarks/SolvingBenchmark"),
    .executableTarget(
      name: "UpdateBenchmark", dependencies: ["CapturedMetadata", "Resolution", "PythonPackaging"],
      path: "Benchmarks/UpdateBenchmark"),
    .executableTarget(
      name: "PageBenchmark", dependencies: ["PackageIndex", "PythonPackaging"],
      path: "Benchmarks/PageBenchmark"),
    .executableTarget(
      name: "PolicyBenchmark", dependencies: ["UpdatePolicy", "PythonPackaging"],
      path: "Benchmarks/PolicyBenchmark"),
    .executableTarget(
      name: "ReportBenchmark", dependencies: ["Reports", "UpdatePolicy", "PythonPackaging"],
      path: "Benchmarks/ReportBenchmark"),

    // What several test targets need.
    .target(name: "TestSupport", dependencies: ["CZlib"]),

    .testTarget(name: "PubGrubTests", dependencies: ["PubGrub"]),
    .testTarget(name: "PythonPackagingTests", dependencies: ["PythonPackaging"]),
    .testTarget(
      name: "TOMLReadingTests",
      dependencies: ["TOMLReading", .product(name: "TOMLKit", package: "TOMLKit")]),
    .testTarget(
      name: "PythonProjectsTests", dependencies: ["PythonProjects", "PythonPackaging", "TOMLReading"]),
    .testTarget(name: "RequirementsFilesTests", dependencies: ["RequirementsFiles", "PythonPackaging"]),
    .testTarget(name: "JSONReadingTests", dependencies: ["JSONReading", "PythonPackaging"]),
    .testTarget(
      name: "LockfileFormatsTests",
      dependencies: ["LockfileFormats", "RequirementsFiles", "PythonPackaging", "TOMLReading"]),
    .testTarget(
      name: "ResolutionTests", dependencies: ["CapturedMetadata", "Resolution", "PubGrub", "PythonPackaging"]),
    .testTarget(
      name: "UpdatePolicyTests", dependencies: ["UpdatePolicy", "PythonPackaging"], exclude: ["Fixtures"]),
    .testTarget(
      name: "LockDiffTests", dependencies: ["LockDiff", "LockfileFormats", "PythonPackaging", "UpdatePolicy"]),
    .testTarget(
      name: "ImageLabelsTests", dependencies: ["ImageLabels", "JSONReading", "PythonPackaging"]),
    .testTarget(
      name: "SchedulingTests",
      dependencies: ["Scheduling", "CYAML", "PythonPackaging", "TOMLReading", "UpdatePolicy"],
      linkerSettings: [.linkedLibrary(":libyaml.a")]),
    .testTarget(
      name: "AdvisoriesTests",
      dependencies: ["Advisories", "JSONReading", "PythonPackaging", "SQLite", "ZipReading", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports",
        "ImageLabels",
        "JSONReading",
        "LockDiff",
        "LockfileFormats",
        "PythonPackaging",
        "TestSupport",
        "UpdatePolicy",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      exclude: ["Golden"]
    ),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"]),
    .testTarget(name: "ZipReadingTests", dependencies: ["ZipReading", "TestSupport"]),
    .testTarget(
      name: "PinHistoryTests",
      dependencies: [
        "PinHistory",
        "PythonPackaging",
        "SQLite",
        "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(
      name: "PullRequestsTests",
      dependencies: [
        "PullRequests",
        "ForgeServer",
        "PythonPackaging",
        "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(
      name: "PackageIndexTests",
      dependencies: [
        "JSONReading",
        "PackageIndex",
        "PythonPackaging",
        "SQLite",
        "ZipReading",
        "CArchive",
        "IndexServer",
        "TestSupport",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
    .testTarget(
      name: "repinTests",
      dependencies: [
        "repin",
        "Advisories",
        "ForgeServer",
        "IndexServer",
        "PackageIndex",
        "PinHistory",
        "PullRequests",
        "PythonPackaging",
        "Resolution",
        "SQLite",
        "TestSupport",
        "UpdatePolicy",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// scripts/build-release builds for size, what repin depends on too; what is hot is to be fast. The last level of
// optimization counts, and those of a package come before those of the command line, but for the frontend's own.
let hot: Set = [
  "CapturedMetadata", "JSONReading", "LockfileFormats", "PackageIndex", "PubGrub", "PythonPackaging",
  "RequirementsFiles", "Resolution", "SQLite", "ZipReading",
]
for target in package.targets where hot.contains(target.name) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [.unsafeFlags(["-Xfrontend", "-O"], .when(configuration: .release))]
}

for target in package.targets where [.executable, .regular, .test].contains(target.type) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .treatAllWarnings(as: .error),
    ]
}
