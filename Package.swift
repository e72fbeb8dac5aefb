// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "repin",
  targets: [
    // Pure: values in, values out.
    .target(name: "PythonPackaging"),

    .testTarget(name: "PythonPackagingTests", dependencies: ["PythonPackaging"]),
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
