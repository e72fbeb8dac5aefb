import PythonPackaging

/// The names of a directory's files, of which those that begin with a project's name are found without reading the others.
struct FoldedNames: Sendable {
  private let names: [String]
  /// Each name folded as a project's name is normalised, and its place among the names; by the folded name.
  private let folded: [(name: [UInt8], place: Int)]

  init(_ names: [String]) {
    self.names = names
    folded = names.enumerated().map { (Self.fold($1), $0) }.sorted {
      $0.name.lexicographicallyPrecedes($1.name)
    }
  }

  /// The names that may be those of a project's files, in the order given.
  func beginning(with project: PackageName) -> [String] {
    let start = Array(project.normalized.utf8) + [UInt8(ascii: "-")]
    var (low, high) = (0, folded.count)
    while low < high {
      let middle = (low + high) / 2
      if folded[middle].name.lexicographicallyPrecedes(start) { low = middle + 1 } else { high = middle }
    }
    return folded[low...].prefix { $0.name.starts(with: start) }.map(\.place).sorted().map { names[$0] }
  }

  /// Lower case, and each run of `-`, `_` and `.` as one `-` (PEP 503, "Normalized Names").
  private static func fold(_ name: String) -> [UInt8] {
    var folded: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        if folded.last != UInt8(ascii: "-") { folded.append(UInt8(ascii: "-")) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): folded.append(byte | 0x20)
      default: folded.append(byte)
      }
    }
    return folded
  }
}
