import FoundationEssentials

/// Files of the package's `Fixtures` directory.
enum Fixture {
  /// The bytes of a file, by its path under `Fixtures`.
  static func bytes(_ path: String, source: String = #filePath) throws -> [UInt8] {
    let root = URL(filePath: source).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Array(Data(contentsOf: root.appending(path: "Fixtures").appending(path: path)))
  }
}
