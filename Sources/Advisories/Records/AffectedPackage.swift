package import PythonPackaging

/// What an advisory says of one package: all its entries for that package together, since a source may split the
/// branches of one package over several.
package struct AffectedPackage: Sendable, Hashable {
  /// The versions that are affected, one by one, ascending and each once.
  package let versions: [Version]
  /// The ranges that are affected.
  package let ranges: [AffectedRange]
  /// The severities that are said of this package and not of the whole advisory.
  package let severities: [SeverityVector]

  package init(versions: [Version] = [], ranges: [AffectedRange] = [], severities: [SeverityVector] = []) {
    self.versions = AffectedPackage.ascending(versions)
    self.ranges = ranges
    self.severities = severities
  }

  /// What several entries for one package say together.
  package init(uniting entries: [AffectedPackage]) {
    guard entries.count != 1 else {
      self = entries[0]
      return
    }
    self.init(
      versions: entries.flatMap(\.versions), ranges: entries.flatMap(\.ranges),
      severities: entries.flatMap(\.severities))
  }

  private static func ascending(_ versions: [Version]) -> [Version] {
    let sorted = zip(versions, versions.dropFirst()).allSatisfy(<) ? versions : versions.sorted()
    var result: [Version] = []
    result.reserveCapacity(sorted.count)
    for version in sorted where result.last != version { result.append(version) }
    return result
  }
}
