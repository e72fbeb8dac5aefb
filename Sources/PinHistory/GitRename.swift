/// Decides where a file came from in a commit in which its path is new.
///
/// git pairs each path that comes with the path that goes and is most like it. A pair that is alike to 50 % or more is a
/// rename. One that is less alike, to 1 %, as of a lockfile that got new pins by the same commit, is one if the path that
/// goes has a lockfile's name, and no other path with a lockfile's name goes in the commit.
///
///     D base.txt, R017 reqs.txt → requirements.txt    none: it may have come from either
///     R017 reqs.txt → requirements.txt                from reqs.txt
///     R017 notes.md → requirements.txt                none
struct GitRename {
  /// The path that comes.
  private let path: String
  private var from: (path: String, similarity: Int)?
  /// How many paths go that have a lockfile's name.
  private var lockfiles = 0

  init(path: String) { self.path = path }

  /// A path other than the one asked for goes, to no place or to another.
  mutating func goes(_ path: [UInt8]) {
    if isLockfile(String(decoding: path, as: UTF8.self)) { lockfiles += 1 }
  }

  /// The path asked for comes from another, so much alike in percent.
  mutating func comes(from source: [UInt8], similarity: Int) {
    goes(source)
    // A path that is no UTF-8 can't be asked for: there the history begins.
    if let source = String(validating: source, as: UTF8.self) { from = (source, similarity) }
  }

  /// Where the file was before the commit, once all is told that the commit changed; nil if it is new there.
  var source: String? {
    guard let from else { return nil }
    return from.similarity >= 50 || (lockfiles == 1 && isLockfile(from.path)) ? from.path : nil
  }

  /// Whether a path's name is one of a lockfile: `NAME.txt`, `NAME.lock`, `pylock.toml` or
  /// `pylock.NAME.toml`; or ends as the path asked for, if that one's name isn't a usual one.
  private func isLockfile(_ other: String) -> Bool {
    if Self.hasUsualName(other) { return true }
    return !Self.hasUsualName(path) && Self.ending(other) == Self.ending(path)
  }

  private static func hasUsualName(_ path: String) -> Bool {
    let name = Self.name(path)
    return name.hasSuffix(".txt") || name.hasSuffix(".lock")
      || (name.hasPrefix("pylock.") && name.hasSuffix(".toml"))
  }

  private static func name(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// What stands behind the name's last point; empty if there is none.
  private static func ending(_ path: String) -> Substring {
    let name = name(path)
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
  }
}
