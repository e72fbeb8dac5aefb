import Testing

@testable import PythonPackaging

/// The names of platforms in a few words are all the names that are taken, and no others.
@Suite struct PlatformPatternTests {
  /// What a shell makes of braces: `{a,b}-{1..3}` is six words.
  static func expanded(_ pattern: String) -> [String] {
    guard let open = pattern.firstIndex(of: "{"), let close = pattern[open...].firstIndex(of: "}") else {
      return [pattern]
    }
    let inner = pattern[pattern.index(after: open)..<close]
    let bounds = inner.split(separator: ".").compactMap { Int($0) }
    let words =
      bounds.count == 2
      ? (bounds[0]...bounds[1]).map(String.init) : inner.split(separator: ",").map(String.init)
    return words.flatMap { expanded(pattern[..<open] + $0 + pattern[pattern.index(after: close)...]) }
  }

  @Test func `they are the names`() {
    let words = TargetPlatform.patterns.flatMap(Self.expanded)
    let turned = words.compactMap { word -> String? in
      let parts = word.split(separator: "-", maxSplits: 1)
      return parts.count == 2 && parts[1].hasPrefix("manylinux") ? "\(parts[1])_\(parts[0])" : nil
    }
    #expect((words + turned).sorted() == TargetPlatform.names.sorted())
  }
}
