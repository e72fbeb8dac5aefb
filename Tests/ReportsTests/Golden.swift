import FoundationEssentials
import Testing

/// The texts in `Golden`, which say how a report looks.
///
/// Where REPIN_RECORD is set they are written anew; then every test fails that would have failed, and shows what to look at.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  private static let isRecording = ProcessInfo.processInfo.environment["REPIN_RECORD"] != nil

  static func expect(
    _ name: String, _ text: String, type: String = "txt", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: "\(name).\(type)")
    let recorded = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    #expect(recorded == text, "\(name)", sourceLocation: sourceLocation)
    if isRecording, recorded != text { try Data(text.utf8).write(to: file) }
  }

  static var names: [String] { get throws { try names(type: "txt") } }

  static func names(type: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".\(type)") }
      .map { String($0.dropLast(type.count + 1)) }.sorted()
  }
}

@Suite("Reports look as recorded") struct GoldenTests {
  /// Of widths and colours every scenario is recorded; of other formats, what shows everything.
  static let names = Rendering.all.map(\.name)

  @Test(arguments: names) func looksAsRecorded(_ name: String) throws {
    let rendering = try #require(Rendering.all.first { $0.name == name })
    try Golden.expect(name, try rendering.text())
  }

  @Test func everyRecordIsOfARendering() throws {
    #expect(try Golden.names == Self.names.sorted())
  }

  /// Two renderings give the same bytes.
  @Test(arguments: names) func isStable(_ name: String) throws {
    let rendering = try #require(Rendering.all.first { $0.name == name })
    let first = try rendering.text()
    for _ in 0..<3 { #expect(try rendering.text() == first) }
  }
}
