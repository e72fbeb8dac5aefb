import Synchronization

/// Environments of builds as they were before the first hook ran in them, for builds that require the same.
///
/// Old releases of a project mostly require the same to be built, setuptools at that, and to install it takes longer than
/// all else. Each build still has an environment of its own: a copy. What its hooks and its backend leave there, no
/// other build sees.
final class PreparedEnvironments: Sendable {
  /// How many are kept; the oldest goes first.
  private static let most = 8
  /// The most bytes of one that is kept.
  private static let greatestSize: Int64 = 256 << 20

  private struct Kept {
    let requires: [String]
    let folder: String
    /// As it was where the environment was made.
    let python: BuildPython
    /// Where that was.
    let root: String
  }

  private struct State {
    var directory: BuildDirectory?
    var kept: [Kept] = []
    var count = 0
  }

  private let state = Mutex(State())

  deinit { remove() }

  /// Copies the environment that has these requirements to a place where nothing is; nil if there is none, or if that
  /// fails, after which there is nothing again.
  func copy(requires: [String], to root: String) -> BuildPython? {
    state.withLock { state in
      guard let directory = state.directory,
        let found = state.kept.first(where: { $0.requires == requires })
      else { return nil }
      guard copyTree(directory.file(found.folder), to: root), Self.move(root, from: found.root) else {
        removeTree(root)
        return nil
      }
      return BuildPython(
        executable: "\(root)/bin/python", programs: "\(root)/bin", pip: found.python.pip,
        pipVersion: found.python.pipVersion)
    }
  }

  /// Keeps a copy of an environment that has these requirements and nothing else; where that fails, there is none.
  func keep(_ python: BuildPython, at root: String, requires: [String], in parent: String) {
    guard treeSize(root) <= Self.greatestSize else { return }
    state.withLock { state in
      guard !state.kept.contains(where: { $0.requires == requires }) else { return }
      if state.directory == nil { state.directory = try? BuildDirectory(in: parent) }
      guard let directory = state.directory else { return }
      state.count += 1
      let folder = "\(state.count)"
      guard copyTree(root, to: directory.file(folder)) else {
        removeTree(directory.file(folder))
        return
      }
      state.kept.append(Kept(requires: requires, folder: folder, python: python, root: root))
      if state.kept.count > Self.most { removeTree(directory.file(state.kept.removeFirst().folder)) }
    }
  }

  /// Takes them all away.
  func remove() {
    state.withLock { state in
      state.directory?.remove()
      state.directory = nil
      state.kept = []
    }
  }

  /// Has an environment's programs, and what else names the place that it was made at, name the place where it is.
  private static func move(_ root: String, from old: String) -> Bool {
    let programs = (LocalFile.names(inDirectory: "\(root)/bin") ?? []).map { "\(root)/bin/\($0)" }
    return (programs + ["\(root)/pyvenv.cfg"]).allSatisfy { path in
      guard !isSymbolicLink(path), let file = try? LocalFile(path: path),
        let bytes = try? file.read(0..<file.size)
      else { return true }
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.contains(old), Array(text.utf8) == bytes else { return true }
      return overwrite(path, with: Array(text.replacing(old, with: root).utf8))
    }
  }
}
