import PythonPackaging
import Testing

@testable import LockfileFormats

/// A lockfile that a tool has written, and what it pins by the tool's own listing.
///
/// `Fixtures/lockfiles/expected.tsv` has a row a pin: file, name, version, line, source, marker, groups, hashes. It was made
/// by Python's own readers of TOML and JSON and compared with `uv export`, `poetry show` and `pipenv requirements`. Addresses
/// were replaced, and of many files of a package two were kept.
struct LockfileFixture: Sendable, CustomTestStringConvertible {
  let path: String
  let rows: [String]
  let bytes: [UInt8]
  var testDescription: String { path }

  static let all: [LockfileFixture] = {
    do {
      let table = String(decoding: try Fixture.bytes("lockfiles/expected.tsv"), as: UTF8.self)
      var rows: [String: [String]] = [:]
      for line in table.split(separator: "\n") {
        let cells = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
        rows[String(cells[0]), default: []].append(String(cells[1]))
      }
      return try rows.sorted { $0.key < $1.key }.map { path, rows in
        LockfileFixture(path: path, rows: rows, bytes: try Fixture.bytes("lockfiles/\(path)"))
      }
    } catch {
      return []
    }
  }()

  /// A pin as the table has it.
  static func row(_ pin: FilePin) -> String {
    [
      pin.name?.normalized ?? "", pin.version?.description ?? "", "\(pin.line)", kind(pin.source),
      pin.marker ?? "",
      pin.groups.map(\.description).joined(separator: ","), "\(pin.hashCount)",
    ].joined(separator: "\t")
  }

  private static func kind(_ source: PinSource) -> String {
    switch source {
    case .index: "index"
    case .url: "url"
    case .versionControl(let system, _, _): system
    case .path: "path"
    case .editable: "editable"
    case .project: "project"
    }
  }
}
