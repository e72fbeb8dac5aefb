package import PythonPackaging

/// An entry of `[[policy.ignore]]`: findings about which nothing is to be done until a day, and why.
///
/// Invariant: it names an advisory, a package or both, and has a reason.
/// Example: `id = "GHSA-…"`, `reason = "we never parse XML"`, `until = 2026-12-31`.
package struct Ignore: Sendable, Hashable {
  /// The advisory that is ignored, by any of its ids; nil: every finding of the package.
  package let id: String?
  /// The package whose findings are ignored; nil: of every package that has the advisory.
  package let package: PackageName?
  /// Of which versions.
  package let versions: SpecifierSet
  /// Why, never empty.
  package let reason: String
  /// The last day on which it holds, in UTC.
  package let until: CalendarDate

  /// Reads the values of an entry.
  ///
  /// - Parameters:
  ///   - version: a version, `1.2.3`, or a set of specifiers, `>=1,<2`; nil for every version.
  ///   - until: as ``CalendarDate`` reads it.
  /// - Throws: ``IgnoreError``, which names the key.
  package init(
    id: String? = nil, package: String? = nil, version: String? = nil, reason: String?, until: String?
  ) throws(IgnoreError) {
    guard id != nil || package != nil else { throw .namesNothing }
    guard let until else { throw .missing(.until) }
    guard let reason else { throw .missing(.reason) }
    if let id, !AdvisoryID.isValid(id) { throw .value(.id, PolicyValueError(id, .advisoryID)) }
    self.id = id
    if let package {
      do throws(NameError) {
        self.package = try PackageName(package)
      } catch {
        throw .value(.package, PolicyValueError(package, .package(error)))
      }
    } else {
      self.package = nil
    }
    versions = try version.map { text throws(IgnoreError) in try Self.versions(text) } ?? SpecifierSet()
    guard reason.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw .value(.reason, PolicyValueError(reason, .noReason))
    }
    self.reason = reason
    do throws(PolicyValueError) {
      self.until = try CalendarDate(until)
    } catch {
      throw .value(.until, error)
    }
  }

  private static func versions(_ text: String) throws(IgnoreError) -> SpecifierSet {
    if let version = try? Version(text) { return SpecifierSet([Specifier(equalTo: version)]) }
    guard let set = try? SpecifierSet(text), !set.isEmpty else {
      throw .value(.version, PolicyValueError(text, .versions))
    }
    return set
  }

  /// Whether it has ended.
  package func isExpired(at now: Int64) -> Bool { now >= until.end }

  /// Whether it is about a finding, ended or not. No entry silences malware but one that names its very id, `MAL-…`.
  package func matches(_ finding: Finding) -> Bool {
    if let package, package != finding.package { return false }
    guard versions.allows(finding.version) else { return false }
    guard case .vulnerable(let advisory) = finding.kind else { return id == nil }
    if let id {
      guard advisory.ids.contains(where: { AdvisoryID.isSame($0, id) }) else { return false }
      return !advisory.isMalware || AdvisoryID.isMalware(id)
    }
    return !advisory.isMalware
  }
}

/// Why an entry of `[[policy.ignore]]` is none.
package enum IgnoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The keys of an entry.
  package enum Key: String, Sendable, Hashable {
    case id, package, version, reason, until
  }

  /// Neither `id` nor `package` is there.
  case namesNothing
  /// A key that every entry needs is not there.
  case missing(Key)
  /// A key's value is wrong.
  case value(Key, PolicyValueError)

  /// One line: the key, what was found, what is allowed.
  package var description: String {
    switch self {
    case .namesNothing: "an ignore names an advisory (`id`) or a package (`package`)"
    case .missing(.until): "an ignore needs the day on which it ends: `until = 2026-12-31`"
    case .missing(let key): "an ignore needs `\(key.rawValue)`"
    case .value(let key, let error): "`\(key.rawValue)`: \(error)"
    }
  }
}
