/// An image, or a container made of one, as a tool's inspection tells of it.
package struct InspectedImage: Sendable, Hashable {
  /// What it can be asked for by, what a person calls it first: tags, digests, a container's name, a platform, ids.
  package internal(set) var names: [String] = []
  /// When the tool says that it was made, as it writes it; nil: it doesn't say, or says it of a container.
  package internal(set) var created: String?
  /// The labels that repin reads, those without a value left out.
  package internal(set) var labels: [LabelKey: String] = [:]
  /// How many labels there are in all.
  package internal(set) var labelCount = 0

  package init() {}

  /// Whether it is meant by a name of the user's: one of its names, a tag without `:latest`, or the beginning of an id, at
  /// least 12 digits of it.
  package func isNamed(_ name: String) -> Bool {
    let id = Self.withoutAlgorithm(name)
    let isID = id.utf8.count >= 12 && id.utf8.allSatisfy(Self.isHexadecimal)
    return names.contains { known in
      known == name || known == "\(name):latest" || (isID && Self.withoutAlgorithm(known).hasPrefix(id))
    }
  }

  private static func withoutAlgorithm(_ name: String) -> Substring {
    name.hasPrefix("sha256:") ? name.dropFirst("sha256:".count) : name[...]
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// The lockfiles that its labels name; nil: they name none, as it was built without repin's labels.
  package func locks() throws(ImageInspectionError) -> [LabelledLock]? {
    guard let digests = labels[.lockDigest] else {
      guard let paths = labels[.lockPath] else { return nil }
      throw .missingLabel(.lockDigest, beside: .lockPath, value: paths)
    }
    guard let paths = labels[.lockPath] else {
      throw .missingLabel(.lockPath, beside: .lockDigest, value: digests)
    }
    let digestList = digests.split(separator: ",", omittingEmptySubsequences: false)
    let pathList = paths.split(separator: ",", omittingEmptySubsequences: false)
    guard digestList.count == pathList.count else {
      throw .label(
        .lockPath, found: paths,
        expected:
          "\(digestList.count) path\(digestList.count == 1 ? "" : "s"), as many as `repin.lock.digest` has digests"
      )
    }
    guard digestList.count <= LabelledLock.most else {
      throw .label(.lockDigest, found: digests, expected: "at most \(LabelledLock.most) digests")
    }
    var locks: [LabelledLock] = []
    for (digest, path) in zip(digestList, pathList) {
      guard LabelledLock.isDigest(digest) else {
        throw .label(.lockDigest, found: String(digest), expected: "`sha256:` and 64 hexadecimal digits")
      }
      guard let decoded = LabelledPath.decoded(path) else {
        throw .label(.lockPath, found: String(path), expected: "a percent-encoded path")
      }
      locks.append(LabelledLock(path: decoded, digest: String(digest)))
    }
    return locks
  }
}
