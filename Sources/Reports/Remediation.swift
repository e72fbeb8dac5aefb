package import PythonPackaging
package import UpdatePolicy

/// A change of lockfiles that does away with findings: what `repin update --security` would write.
package struct Remediation: Sendable, Hashable {
  /// A finding that is done away with.
  package struct Fix: Sendable, Hashable {
    /// The lockfile's place among the report's.
    package let lock: Int
    package let finding: Finding

    package init(lock: Int, finding: Finding) {
      self.lock = lock
      self.finding = finding
    }
  }

  /// What becomes of a package; nil is where it isn't pinned.
  package struct Step: Sendable, Hashable {
    package let package: PackageName
    package let old: Version?
    package let new: Version?

    package init(package: PackageName, old: Version?, new: Version?) {
      self.package = package
      self.old = old
      self.new = new
    }

    fileprivate var words: String {
      switch (old, new) {
      case (let old?, let new?): "\(package) \(old) → \(new)"
      case (nil, let new?): "\(package) \(new), which is new"
      default: "\(package), which goes"
      }
    }
  }

  /// Never empty.
  package let fixes: [Fix]
  /// What changes, each once.
  package let steps: [Step]
  /// As `git apply` reads it at the top of the repository.
  package let patch: String

  package init(fixes: [Fix], steps: [Step], patch: String) {
    self.fixes = fixes
    self.steps = steps
    self.patch = patch
  }

  /// What is done, what it is for first: ``repin update --security`: urllib3 1.25.3 → 1.26.18, botocore 1.18.18 → 1.20.40`.
  var words: String {
    let wanted = Set(
      fixes.lazy.map(\.finding).filter { if case .stale = $0.kind { false } else { true } }.map(\.package))
    let ordered = steps.filter { wanted.contains($0.package) } + steps.filter { !wanted.contains($0.package) }
    let shown = ordered.prefix(Self.mostShown).map(\.words).joined(separator: ", ")
    let more = ordered.count > Self.mostShown ? " and \(ordered.count - Self.mostShown) more" : ""
    return "`repin update --security`: \(shown)\(more)"
  }

  private static let mostShown = 5
}
