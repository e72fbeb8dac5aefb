/// Finds out, entry by entry, whether an archive holds one directory, as a source distribution does, or is itself the tree.
///
/// What systems leave behind beside the directory doesn't count: `._NAME`, `.DS_Store` and `__MACOSX` of macOS, and the
/// pax header that some programs unpack as a file.
struct ArchiveRoot {
  /// The only directory seen so far, in which everything lies; nil before the first entry, and once that isn't so.
  private(set) var directory: [UInt8]?
  private var isFlat = false

  /// Whether there was nothing that counts.
  var isEmpty: Bool { directory == nil && !isFlat }

  /// Takes the next entry into account.
  mutating func see(_ entry: ArchiveEntry) {
    guard !isFlat, let first = entry.path.components.first, !ArchiveRoot.isLitter(first) else { return }
    let isDirectory = entry.kind == .directory || entry.path.components.count > 1
    // What `setup.py egg_info` makes is never the tree.
    if isDirectory, directory ?? first == first, !first.hasSuffix(".egg-info") {
      directory = first
    } else {
      directory = nil
      isFlat = true
    }
  }

  /// The directory's name; nil if the archive is itself the tree.
  func topDirectory() throws(SourceArchiveError) -> String? {
    guard let directory else { return nil }
    guard let name = String(validating: directory, as: UTF8.self) else {
      let printable = String(decoding: directory.prefix(200), as: UTF8.self)
      throw .refusedName(entry: printable, problem: .notUnicode)
    }
    return name
  }

  private static func isLitter(_ name: [UInt8]) -> Bool {
    name.starts(with: "._".utf8)
      || [".DS_Store", "__MACOSX", "pax_global_header"].contains { name.elementsEqual($0.utf8) }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ suffix: String) -> Bool {
    self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
