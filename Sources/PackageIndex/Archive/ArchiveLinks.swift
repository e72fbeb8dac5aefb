/// The links of an archive, none of which leads out of it: as Python's `tarfile` has it with its filter `data` (PEP 706).
///
/// A symbolic link's target is taken without `.` and with each `NAME/..` cancelled, so that all its `..` come first: they
/// go up from the link's directory, which is a real one, and never beyond the archive's top. Whatever it then passes by
/// begins so as well, so no chain of them leaves.
struct ArchiveLinks {
  /// A link to be made when all files are there.
  struct Link {
    let path: EntryPath
    /// Nil: a symbolic link.
    let file: EntryPath?
    /// What a symbolic link has in it.
    let target: [UInt8]
  }

  /// As many links as a path may lead through (POSIX.1-2017, `SYMLOOP_MAX`, and what Linux does).
  private static let longestChain = 40

  /// In the archive's order.
  private(set) var links: [Link] = []
  private var targets: [[[UInt8]]: [[UInt8]]] = [:]

  /// Takes an entry that is a link.
  ///
  /// - Throws: `.refusedLink` where the target by itself can't be.
  mutating func add(
    _ entry: ArchiveEntry, in format: SourceArchive.Format, limits: SourceArchive.Limits
  ) throws(SourceArchiveError) {
    func refused(_ problem: SourceArchiveError.LinkProblem) -> SourceArchiveError {
      .refusedLink(entry: entry.path.description, kind: entry.kind, problem: problem)
    }
    // Python's `zipfile` knows none.
    guard case .tar = format, !entry.path.components.isEmpty else {
      throw .refusedKind(entry: entry.path.description, kind: entry.kind)
    }
    guard entry.target.count <= limits.pathBytes else { throw refused(.tooLong(limit: limits.pathBytes)) }
    guard !entry.target.isEmpty else { throw refused(.empty) }
    guard entry.target.first != UInt8(ascii: "/") else { throw refused(.absolute) }
    let written = Self.components(entry.target)
    guard entry.kind == .symbolicLink else {
      guard !written.contains(where: Self.isParent) else { throw refused(.leavesTree) }
      let file = try EntryPath(entry.target, in: format, limits: limits)
      guard !file.components.isEmpty else { throw refused(.noFile) }
      links.append(Link(path: entry.path, file: file, target: []))
      return
    }
    let directory = entry.path.components.dropLast()
    let normal = Self.cancelled(written)
    guard normal.prefix(while: Self.isParent).count <= directory.count else { throw refused(.leavesTree) }
    let target = normal.isEmpty ? Array(".".utf8) : Array(normal.joined(separator: "/".utf8))
    links.append(Link(path: entry.path, file: nil, target: target))
    targets[entry.path.components] = written
  }

  /// Follows each symbolic link by the others.
  ///
  /// - Throws: `.refusedLink` where that leads out, or nowhere.
  func check() throws(SourceArchiveError) {
    for link in links where link.file == nil {
      var place = Array(link.path.components.dropLast())
      var rest = Array((targets[link.path.components] ?? []).reversed())
      var followed = 1
      while let name = rest.popLast() {
        if Self.isParent(name) {
          guard place.popLast() != nil else { throw refused(link, .leavesTree) }
          continue
        }
        guard let next = targets[place + [name]] else {
          place.append(name)
          continue
        }
        followed += 1
        guard followed <= Self.longestChain else { throw refused(link, .endless) }
        rest += next.reversed()
      }
    }
  }

  private func refused(_ link: Link, _ problem: SourceArchiveError.LinkProblem) -> SourceArchiveError {
    .refusedLink(entry: link.path.description, kind: .symbolicLink, problem: problem)
  }

  private static func components(_ path: [UInt8]) -> [[UInt8]] {
    path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }.map { Array($0) }
  }

  private static func isParent(_ name: [UInt8]) -> Bool { name.elementsEqual("..".utf8) }

  /// Without the `NAME/..` in it (`os.path.normpath`).
  private static func cancelled(_ names: [[UInt8]]) -> [[UInt8]] {
    var kept: [[UInt8]] = []
    for name in names {
      if isParent(name), let last = kept.last, !isParent(last) {
        kept.removeLast()
      } else {
        kept.append(name)
      }
    }
    return kept
  }
}
