/// Reads a file's bytes at each of its revisions, the oldest first, from one `git cat-file --batch`: a parser of what
/// it writes, to be fed as it comes.
///
/// `requests` goes to git's standard input while its output is read; writing all of it first would stop both. The
/// bytes come with their number before them, so they can't be taken for anything else, and no more than one file is
/// in memory.
///
///     output = *( hex " blob " size LF size*BYTE LF | hex " missing" LF )
package struct GitBlobReader: Sendable {
  /// The usual limit of a file, in bytes.
  package static let usualLimit = 16 << 20
  /// What git is to be run with, in the repository, without the program's name.
  package static let arguments = ["--no-pager", "cat-file", "--batch", "--buffer"]

  private let revisions: [GitRevision]
  private let limit: Int
  /// The revision whose bytes come next.
  private var next = 0
  /// Nil while a header is read; else how many bytes of the file are to come, and -1 for the line end after them.
  private var remaining: Int?
  private var header: [UInt8] = []
  private var content: [UInt8] = []
  private var offset = 0

  /// A reader of the bytes of `revisions`, none of them more than `limit` bytes.
  package init(_ revisions: [GitRevision], limit: Int = GitBlobReader.usualLimit) {
    self.revisions = revisions
    self.limit = limit
  }

  /// What goes to git's standard input, a line a revision that has a file.
  package var requests: some Sequence<String> & Sendable {
    revisions.lazy.compactMap(\.blob).map { "\($0)\n" }
  }

  /// Reads the next bytes of the output, and hands each revision on with the file's bytes, nil where there is no file.
  package mutating func feed(
    _ bytes: some Collection<UInt8>,
    _ body: (GitRevision, [UInt8]?) throws(GitReadingError) -> Void
  ) throws(GitReadingError) {
    var rest = bytes[...]
    while let byte = rest.first {
      if let count = remaining, count > 0 {
        let part = rest.prefix(count)
        content.append(contentsOf: part)
        offset += part.count
        remaining = count - part.count
        rest = rest.dropFirst(part.count)
      } else if remaining != nil {
        guard byte == UInt8(ascii: "\n") else { throw unexpected }
        offset += 1
        rest = rest.dropFirst()
        remaining = nil
        let revision = revisions[next]
        next += 1
        try body(revision, content)
      } else {
        offset += 1
        rest = rest.dropFirst()
        if byte == UInt8(ascii: "\n") {
          try handAbsent(body)
          try readHeader()
        } else {
          header.append(byte)
          // A hash, a kind and a number are shorter.
          if header.count > 128 { throw unexpected }
        }
      }
    }
  }

  /// Tells that git has ended, with success.
  package mutating func finish(
    _ body: (GitRevision, [UInt8]?) throws(GitReadingError) -> Void
  ) throws(GitReadingError) {
    try handAbsent(body)
    guard next == revisions.count, remaining == nil, header.isEmpty else { throw .truncated(commit: before) }
  }

  /// The commit whose file was read last.
  private var before: String? { next > 0 ? revisions[next - 1].commit : nil }

  private var unexpected: GitReadingError { .unexpected(offset: offset, commit: before) }

  private mutating func handAbsent(
    _ body: (GitRevision, [UInt8]?) throws(GitReadingError) -> Void
  ) throws(GitReadingError) {
    while next < revisions.count, revisions[next].blob == nil {
      let revision = revisions[next]
      next += 1
      try body(revision, nil)
    }
  }

  private mutating func readHeader() throws(GitReadingError) {
    let parts = header.split(separator: UInt8(ascii: " "))
    guard next < revisions.count, let blob = revisions[next].blob, let name = parts.first,
      name.elementsEqual(blob.utf8)
    else { throw unexpected }
    let commit = revisions[next].commit
    if parts.count == 2, parts[1].elementsEqual("missing".utf8) { throw .missing(commit: commit) }
    guard parts.count == 3, parts[1].elementsEqual("blob".utf8),
      let size = Int(String(decoding: parts[2], as: UTF8.self)), size >= 0
    else { throw unexpected }
    if size > limit { throw .fileTooLarge(commit: commit, size: size, limit: limit) }
    header.removeAll(keepingCapacity: true)
    // A new array each time: the one before belongs to who was given it.
    content = []
    content.reserveCapacity(size)
    remaining = size
  }
}
