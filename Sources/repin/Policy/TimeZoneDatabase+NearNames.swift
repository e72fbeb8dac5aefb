import PythonPackaging
import UpdatePolicy

extension TimeZoneDatabase {
  /// So many names are looked at.
  private static let greatestCount = 5_000

  /// Names of the database that may be meant by one that it hasn't: nearly the same, whatever the letters' case, or of the same
  /// place (`Berlin`, `Germany/Berlin`). At most three.
  func nearNames(of name: TimeZoneName, below directory: String) -> [String] {
    let names = names(below: directory)
    let wanted = Self.folded(name.description)
    let byFolded = Dictionary(names.map { (Self.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    if let same = byFolded[wanted] { return [same] }
    let near = NearNames.of(wanted, among: byFolded.keys.sorted()).compactMap { byFolded[$0] }
    let place = wanted.split(separator: "/").last ?? ""
    let ofPlace = names.filter { Self.folded($0).split(separator: "/").last == place }
    return Array((near + ofPlace.filter { !near.contains($0) }).prefix(3))
  }

  private static func folded(_ name: String) -> String { name.lowercased() }

  /// The names of all zones below a directory, ascending. `posix` and `right` hold the same again, and other files none.
  private func names(below directory: String) -> [String] {
    var found: [String] = []
    func walk(_ prefix: String, depth: Int) {
      for entry in Files.names(in: "\(directory)/\(prefix)") ?? [] where found.count < Self.greatestCount {
        guard entry.utf8.first.map({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) == true,
          let name = try? TimeZoneName("\(prefix)\(entry)")
        else { continue }
        if Files.status(of: "\(directory)/\(name)")?.isDirectory == true {
          if depth < 3 { walk("\(name)/", depth: depth + 1) }
        } else {
          found.append(name.description)
        }
      }
    }
    walk("", depth: 0)
    return found
  }
}
