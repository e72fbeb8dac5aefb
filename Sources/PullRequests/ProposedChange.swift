import PythonPackaging

/// What is to be reviewed: files of the repository as they are to be, and the words about them.
package struct ProposedChange: Sendable, Hashable {
  /// A file as it is to be.
  package struct File: Sendable, Hashable {
    /// From the repository's top, with `/` between the parts.
    package let path: String
    /// Nil: it is to be gone.
    package let bytes: [UInt8]?

    package init(path: String, bytes: [UInt8]?) {
      self.path = path
      self.bytes = bytes
    }

    var parts: [String] { path.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }
  }

  package let files: [File]
  /// One line.
  package let title: String
  /// In the forge's Markdown.
  package let body: String
  /// The commit's, its subject first.
  package let message: String

  package init(files: [File], title: String, body: String, message: String) {
    self.files = files
    self.title = title
    self.body = body
    self.message = message
  }

  /// Finds fault with it.
  func check(for forge: Forge) throws(PullRequestError) {
    guard !files.isEmpty else { throw .change(reason: "there is no file to propose") }
    var seen: Set<String> = []
    for file in files {
      let shown = PrintableText.excerpt(file.path, limit: 300)
      guard Self.isPath(file.path) else {
        throw .change(reason: "`\(shown)` is no path of a file within the repository")
      }
      guard seen.insert(file.path).inserted else { throw .change(reason: "`\(shown)` is proposed twice") }
    }
    for file in files {
      let above = file.parts.indices.dropFirst().map { file.parts[..<$0].joined(separator: "/") }
      if let other = above.first(where: seen.contains) {
        throw .change(
          reason: "`\(PrintableText.excerpt(other, limit: 300))` is proposed as a file and as a directory")
      }
    }
    let isLine = title.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    guard isLine, title.contains(where: { !$0.isWhitespace }) else {
      throw .change(reason: "the title isn't one line of text")
    }
    guard title.unicodeScalars.count <= forge.longestTitle else {
      throw .change(reason: "the title is longer than \(forge.longestTitle) characters, which \(forge) takes")
    }
    guard body.unicodeScalars.count <= forge.longestBody else {
      throw .change(reason: "the body is longer than \(forge.longestBody) characters, which \(forge) takes")
    }
    guard !body.utf8.contains(0), !message.utf8.contains(0), message.contains(where: { !$0.isWhitespace })
    else { throw .change(reason: "the commit's message or the body isn't text") }
  }

  private static func isPath(_ path: String) -> Bool {
    guard path.utf8.count <= 4096, path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
    return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && part.lowercased() != ".git"
    }
  }
}

/// What came of it.
package struct PullRequestOutcome: Sendable, Hashable {
  package enum Action: String, Sendable, Hashable {
    /// There was none.
    case opened
    /// Its branch, its words or both have changed.
    case updated
    /// It was as it is to be.
    case unchanged
    /// It isn't needed anymore.
    case closed
    /// There is none, and none is needed.
    case none
  }

  package let action: Action
  /// Nil: there is no request.
  package let number: Int?
  /// Where people read it.
  package let url: String?
  /// The branch's; nil: there is no branch, or it was deleted.
  package let commit: String?
  /// What didn't work and stops nothing: a label, a comment.
  package let remarks: [ForgeError]
}
