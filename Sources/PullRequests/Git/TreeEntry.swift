/// An entry of a directory in git: `MODE TYPE ID<TAB>NAME`, its name in whatever bytes it has.
struct TreeEntry: Sendable, Hashable {
  let mode: String
  let type: String
  let id: String
  let name: [UInt8]

  init(mode: String, type: String, id: String, name: [UInt8]) {
    self.mode = mode
    self.type = type
    self.id = id
    self.name = name
  }

  /// A line of `git ls-tree -z`.
  init?(_ record: ArraySlice<UInt8>) {
    guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let words = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
    guard words.count == 3, GitRepository.isID(words[2]) else { return nil }
    (mode, type, id) = (String(words[0]), String(words[1]), String(words[2]))
    name = Array(record[(tab + 1)...])
  }

  /// The same line.
  var record: [UInt8] { Array("\(mode) \(type) \(id)\t".utf8) + name }

  var isDirectory: Bool { type == "tree" }
  /// A file, executable or not; no link and no submodule.
  var isFile: Bool { type == "blob" && mode != "120000" }

  /// What it is, where it is no file.
  var noun: String {
    switch (type, mode) {
    case ("tree", _): "a directory"
    case ("commit", _): "a submodule"
    case (_, "120000"): "a symbolic link"
    default: "a file"
    }
  }
}

/// What a change makes of a tree: the new tree, and in one list what became of which file.
struct TreeEdit: Sendable {
  let repository: GitRepository
  /// The branch that the tree is of, for messages.
  let base: String

  /// A file as it is to be, its content written; nil: gone.
  struct File: Sendable {
    var parts: [String]
    let path: String
    let blob: String?
  }

  /// One file that has changed, as it is now; `id` nil: it is gone.
  struct Change: Sendable, Hashable {
    let path: [UInt8]
    let mode: String
    let id: String?

    /// A line of what a change's digest is made of.
    var record: [UInt8] { Array("\(id == nil ? "0" : mode) \(id ?? "-")\t".utf8) + path + [0] }
  }

  /// The tree with the files in it.
  func apply(
    _ files: [File], to tree: String
  ) async throws(PullRequestError) -> (tree: String, changes: [Change]) {
    var changes: [Change] = []
    let edited = try await edit(files, in: tree, changes: &changes)
    let result: String
    if let edited { result = edited } else { result = try await repository.write([]) }
    return (result, changes.sorted { $0.path.lexicographicallyPrecedes($1.path) })
  }

  /// Nil: nothing is left.
  private func edit(
    _ files: [File], in tree: String?, changes: inout [Change]
  ) async throws(PullRequestError) -> String? {
    var entries: [TreeEntry] = []
    if let tree { entries = try await repository.entries(of: tree) }
    var below: [String: [File]] = [:]
    var isChanged = false
    for var file in files {
      let name = file.parts.removeFirst()
      if !file.parts.isEmpty {
        below[name, default: []].append(file)
        continue
      }
      let index = entries.firstIndex { $0.name.elementsEqual(name.utf8) }
      let old = index.map { entries[$0] }
      if let old, !old.isFile { throw .occupied(path: file.path, by: old.noun, wanted: "a file", base: base) }
      guard old?.id != file.blob else { continue }
      isChanged = true
      if let index { entries.remove(at: index) }
      let mode = old?.mode ?? "100644"
      changes.append(Change(path: Array(file.path.utf8), mode: mode, id: file.blob))
      if let blob = file.blob {
        entries.append(TreeEntry(mode: mode, type: "blob", id: blob, name: Array(name.utf8)))
      }
    }
    for (name, files) in below.sorted(by: { $0.key < $1.key }) {
      let index = entries.firstIndex { $0.name.elementsEqual(name.utf8) }
      let old = index.map { entries[$0] }
      if let old, !old.isDirectory {
        let above = files[0].path.utf8.dropLast(files[0].parts.joined(separator: "/").utf8.count + 1)
        throw .occupied(
          path: String(decoding: above, as: UTF8.self), by: old.noun, wanted: "a directory", base: base)
      }
      let new = try await edit(files, in: old?.id, changes: &changes)
      guard new != old?.id else { continue }
      isChanged = true
      if let index { entries.remove(at: index) }
      if let new {
        entries.append(TreeEntry(mode: "040000", type: "tree", id: new, name: Array(name.utf8)))
      }
    }
    guard isChanged else { return tree }
    return entries.isEmpty ? nil : try await repository.write(entries)
  }
}
