import FoundationEssentials
import PythonPackaging

/// One line of a scenario's index: `a 1.0 | requires b>=1 | yanked broken`.
struct ReleaseLine {
  private(set) var release: ServedIndex.Served
  /// Whether its files have no name that can be read (`nameless`), so that an index's client passes over them.
  private(set) var isNameless = false

  init(_ line: Substring, number: Int) throws(ScenarioReader.Problem) {
    let parts = line.split(separator: " | ").map(String.init)
    let words = parts[0].split(separator: " ").map(String.init)
    guard words.count == 2, (try? PackageName(words[0])) != nil else {
      throw ScenarioReader.Problem(line: number, what: "`\(parts[0])` is no name and version")
    }
    release = ServedIndex.Served(name: words[0], version: words[1])
    for clause in parts.dropFirst() {
      do throws(Malformed) {
        try read(clause)
      } catch {
        throw ScenarioReader.Problem(line: number, what: "`\(clause)` is no clause of a release")
      }
    }
    if ((try? ServedIndex([release])) == nil) != isNameless {
      throw ScenarioReader.Problem(
        line: number, what: isNameless ? "this release can be read" : "this release can't be read")
    }
  }

  private struct Malformed: Error {}

  private mutating func read(_ clause: String) throws(Malformed) {
    let word = clause.prefix { $0 != " " }
    let rest = String(clause.dropFirst(word.count + 1))
    if rest.isEmpty, !["yanked", "unreadable", "nameless"].contains(word) { throw Malformed() }
    switch word {
    case "requires": release.requires.append(rest)
    case "extras" where release.extras.isEmpty: release.extras = rest.split(separator: " ").map(String.init)
    case "requires-python" where release.requiresPython == nil && release.metadataRequiresPython == nil:
      release.requiresPython = rest
      release.metadataRequiresPython = rest
    case "page-python" where release.requiresPython == nil: release.requiresPython = rest
    case "metadata-python" where release.metadataRequiresPython == nil: release.metadataRequiresPython = rest
    case "yanked" where release.yanked == nil:
      release.yanked = Distribution.Yank(reason: rest.isEmpty ? nil : rest)
    case "files": release.files = rest.split(separator: " ").map { Self.file(String($0)) }
    case "uploaded" where release.uploadedAt == nil:
      guard let time = Self.milliseconds(rest) else { throw Malformed() }
      release.uploadedAt = time
    case "unreadable" where rest.isEmpty: release.isUnreadable = true
    case "nameless" where rest.isEmpty: isNameless = true
    default: throw Malformed()
    }
  }

  /// A file by its word: `sdist` tells of itself, `built` is a source distribution that only a build tells of,
  /// either perhaps with another suffix, `sdist.zip`; all else are a wheel's tags, perhaps with a build tag before.
  private static func file(_ word: String) -> ServedIndex.File {
    for (kind, source) in [("sdist", ServedIndex.Source.telling), ("built", .built)]
    where word.hasPrefix(kind) {
      return .source(source, suffix: word == kind ? ".tar.gz" : String(word.dropFirst(kind.count)))
    }
    return .wheel(word)
  }

  /// A date, or a moment of RFC 3339 in UTC, in milliseconds since 1970.
  static func milliseconds(_ text: String) -> Int64? {
    let moment = text.contains("T") ? text : text + "T00:00:00Z"
    guard let date = try? Date(moment, strategy: .iso8601) else { return nil }
    return Int64(date.timeIntervalSince1970 * 1000)
  }
}
