package import PythonPackaging

/// One `name==version` of a lockfile.
///
/// Two pins are equal where PEP 440 holds their versions equal: `flask==3.0` is `flask==3.0.0`, and each keeps
/// the version as it was written.
package struct Pin: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The package.
  package var package: PackageName
  /// The version.
  package var version: Version

  /// A pin of its two parts.
  package init(package: PackageName, version: Version) {
    self.package = package
    self.version = version
  }

  /// `flask==3.0.0`.
  package var description: String { "\(package)==\(version)" }

  /// By package, then by version.
  package static func < (left: Pin, right: Pin) -> Bool {
    (left.package, left.version) < (right.package, right.version)
  }
}

extension Version {
  /// The one text of all versions equal to this one: its normal form without trailing zeros of the release
  /// segment, `3` for `3.0.0`, `1!2rc1` for `1!2.0rc1`.
  var canonicalText: String {
    let written = release
    let count = max(1, (written.lastIndex { $0 != 0 } ?? 0) + 1)
    let text = description
    if count == written.count { return text }
    let epochText = epoch == 0 ? "" : "\(epoch)!"
    let writtenText = written.map(String.init).joined(separator: ".")
    return epochText + written.prefix(count).map(String.init).joined(separator: ".")
      + text.dropFirst(epochText.count + writtenText.count)
  }
}
