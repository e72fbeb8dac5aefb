import PythonPackaging

/// What the labels of an image that is built now say.
///
/// Invariant: there is a lockfile, no path is there twice, and no value holds white space, a quote or a character that a shell
/// looks at, so that each label is one word of a command line as it is.
package struct BuildLabels: Sendable, Hashable {
  /// Why there are no labels.
  package enum Fault: Error, Sendable, Hashable {
    case noLock
    case tooMany(limit: Int)
    /// A path that can't be shown on a line.
    case unprintable(path: String)
    /// Two files with other bytes that the labels would call the same.
    case ambiguous(path: String)
    /// No commit of git: 40 or 64 hexadecimal digits.
    case revision(String)
  }

  /// By path.
  package let locks: [LabelledLock]
  /// The commit that has the lockfiles as they are; nil: none has, or nobody knows.
  package let revision: String?
  /// When the image is built, in seconds since 1970-01-01 00:00 UTC.
  package let createdAt: Int64
  /// Of repin.
  package let version: String

  package init(
    locks: [LabelledLock], revision: String?, createdAt: Int64, version: String
  ) throws(Fault) {
    var kept: [LabelledLock] = []
    for lock in locks.sorted(by: { ($0.path, $0.digest) < ($1.path, $1.digest) }) {
      guard lock.path.unicodeScalars.allSatisfy(PrintableText.isPrintable), !lock.path.isEmpty else {
        throw .unprintable(path: lock.path)
      }
      guard let last = kept.last, last.path == lock.path else {
        kept.append(lock)
        continue
      }
      guard last.digest == lock.digest else { throw .ambiguous(path: lock.path) }
    }
    guard !kept.isEmpty else { throw .noLock }
    guard kept.count <= LabelledLock.most else { throw .tooMany(limit: LabelledLock.most) }
    if let revision, !Self.isCommit(revision) { throw .revision(revision) }
    self.locks = kept
    self.revision = revision
    self.createdAt = createdAt
    self.version = version
  }

  /// The labels in the order of ``LabelKey``.
  package var labels: [(key: LabelKey, value: String)] {
    LabelKey.allCases.compactMap { key in value(of: key).map { (key, $0) } }
  }

  private func value(of key: LabelKey) -> String? {
    switch key {
    case .revision: revision
    case .created: UploadTime(milliseconds: createdAt * 1_000).description
    case .lockDigest: locks.map(\.digest).joined(separator: ",")
    case .lockPath: locks.map { LabelledPath.encoded($0.path) }.joined(separator: ",")
    case .version: version
    }
  }

  private static func isCommit(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }
}
