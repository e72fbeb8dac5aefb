import PythonPackaging

/// What git has of files at one commit: asked for all of them at once, by one `git ls-tree` for each some hundred paths and
/// one `git cat-file --batch`.
struct CommittedFiles {
  /// What a path is at the commit.
  enum Entry {
    case absent
    /// A directory, a link or a submodule.
    case notPlain
    case file([UInt8])
  }

  let git: Git
  /// A commit's name.
  let commit: String
  /// How large a file may be, in bytes.
  let limit: Int

  /// So many paths are named on one command line.
  private static let mostPaths = 500

  /// What paths are, each from the top of the repository on.
  ///
  /// - Throws: ``Git/Failure``, and where git's answer isn't one.
  func entries(at paths: [String]) async throws -> [String: Entry] {
    var entries: [String: Entry] = [:]
    var blobs: [(path: String, object: String)] = []
    var rest = paths[...]
    while !rest.isEmpty {
      let asked = rest.prefix(Self.mostPaths)
      rest = rest.dropFirst(asked.count)
      for (path, object) in try await objects(at: asked) {
        if let object { blobs.append((path, object)) } else { entries[path] = .notPlain }
      }
    }
    if !blobs.isEmpty {
      let contents = try await contents(of: blobs.map(\.object))
      for ((path, _), bytes) in zip(blobs, contents) { entries[path] = .file(bytes) }
    }
    for path in paths where entries[path] == nil { entries[path] = .absent }
    return entries
  }

  /// The objects of the paths that there are; nil for what is no plain file.
  private func objects(at paths: ArraySlice<String>) async throws -> [(path: String, object: String?)] {
    var listing: [UInt8] = []
    try await git.run(
      ["ls-tree", "-z", "--full-tree", commit, "--"] + paths.map { ":(literal)\($0)" }
    ) { chunk in
      listing += chunk
      if listing.count > Self.longestListing { throw Git.Failure.failed("it lists too much") }
    }
    // `MODE SP TYPE SP OBJECT TAB PATH NUL`.
    return listing.split(separator: 0).compactMap { line in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let path = String(decoding: line[(tab + 1)...], as: UTF8.self)
      let fields = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      let isPlain = fields.count == 3 && fields[1] == "blob" && fields[0].hasPrefix("100")
      return (path, isPlain ? String(fields[2]) : nil)
    }
  }

  private static let longestListing = 4 << 20

  private func contents(of objects: [String]) async throws -> [[UInt8]] {
    var reader = BatchReader(limit: limit)
    let input = Array((objects.joined(separator: "\n") + "\n").utf8)
    try await git.run(["cat-file", "--batch"], input: [input]) { try reader.read($0) }
    guard reader.isAtEnd, reader.contents.count == objects.count else {
      throw Git.Failure.failed("its answer ends too early")
    }
    return reader.contents
  }

  /// Reads `OBJECT SP TYPE SP SIZE LF CONTENTS LF`, again and again (git-cat-file, "BATCH OUTPUT").
  private struct BatchReader {
    let limit: Int
    private(set) var contents: [[UInt8]] = []
    private var heading: [UInt8] = []
    private var body: [UInt8] = []
    /// How much of the contents is missing, with the line end behind them; nil: a heading is being read.
    private var missing: Int?

    init(limit: Int) { self.limit = limit }

    var isAtEnd: Bool { missing == nil && heading.isEmpty }

    mutating func read(_ chunk: [UInt8]) throws {
      var rest = chunk[...]
      while !rest.isEmpty {
        guard let missing else {
          guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            heading += rest
            guard heading.count < Self.longestHeading else { throw Git.Failure.failed("its answer is none") }
            return
          }
          heading += rest[..<end]
          rest = rest[(end + 1)...]
          self.missing = try size() + 1
          heading = []
          continue
        }
        let part = rest.prefix(missing)
        body += part
        rest = rest.dropFirst(part.count)
        self.missing = missing - part.count
        if missing == part.count {
          contents.append(Array(body.dropLast()))
          body = []
          self.missing = nil
        }
      }
    }

    private func size() throws -> Int {
      let fields = String(decoding: heading, as: UTF8.self).split(separator: " ")
      guard fields.count == 3, fields[1] == "blob", let size = Int(fields[2]), size >= 0 else {
        throw Git.Failure.failed("an object isn't there, or is no file")
      }
      guard size <= limit else { throw Git.Failure.failed("it is too large") }
      return size
    }

    private static let longestHeading = 1 << 10
  }
}
