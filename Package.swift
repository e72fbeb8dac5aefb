// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "repin",
  targets: [
    // Pure: values in, values out.
    .target(name: "PubGrub"),
    .target(name: "PythonPackaging"),
    .target(name: "RequirementsFiles", dependencies: ["PythonPackaging"]),

    .target(name: "Resolution", dependencies: ["PubGrub", "PythonPackaging"]),

    // The world outside.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "SQLite", dependencies: ["CSQLite"]),

    .testTarget(name: "ResolutionTests", dependencies: ["Resolution", "PubGrub", "PythonPackaging"]),
    .testTarget(name: "PubGrubTests", dependencies: ["PubGrub"]),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite"]),
    .testTarget(name: "PythonPackagingTests", dependencies: ["PythonPackaging"]),
    .testTarget(name: "RequirementsFilesTests", dependencies: ["RequirementsFiles", "PythonPackaging"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where [.executable, .regular, .test].contains(target.type) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .treatAllWarnings(as: .error),
    ]
}
