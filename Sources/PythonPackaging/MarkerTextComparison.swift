/// A comparison of a marker that compares text though it asks for an order or names a version variable:
/// `python_version > "three"`, `os_name > "nt"`. `packaging` decides it all the same, and nearly never as it was meant.
package struct MarkerTextComparison: Sendable, Hashable {
  /// The comparison as `packaging` writes it.
  package let text: String
  /// The side that is no version, and keeps the comparison from being one of versions: `three`, `os_name`.
  package let subject: String
  /// Whether the comparison holds in the environment.
  package let holds: Bool
}

extension Marker {
  /// The comparisons of text where versions will have been meant, in the order written.
  package func textComparisons(in environment: MarkerEnvironment) -> [MarkerTextComparison] {
    expression.comparisons.compactMap { comparison in
      comparison.textSubject.map { subject in
        MarkerTextComparison(
          text: comparison.description, subject: subject,
          holds: Marker(MarkerExpression(.comparison(comparison))).evaluate(in: environment, extras: []))
      }
    }
  }
}

extension MarkerExpression {
  /// The comparisons in it, in the order written.
  fileprivate var comparisons: [MarkerComparison] {
    ([first] + rest.map(\.term)).flatMap { term in
      switch term {
      case .comparison(let comparison): [comparison]
      case .group(let inner): inner.comparisons
      }
    }
  }
}

extension MarkerComparison {
  /// What is no version where one will have been meant; nil: nothing. Words are looked for in a text by `in` on purpose,
  /// and a kernel's release is often enough none that it may be compared for equality.
  fileprivate var textSubject: String? {
    let isOrder = [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(`operator`)
    switch test {
    case .text(let variable, _, let text), .reversedText(let text, _, let variable):
      if variable.isVersion { return Self.isAboutVersions(variable, `operator`) ? text : nil }
      return isOrder ? variable.rawValue : nil
    case .identity(let variable, _):
      let isVersion = (try? Version(right.text)) != nil
      return isVersion || !Self.isAboutVersions(variable, `operator`) ? nil : right.text
    case .reversedVersion(let text, _, let variable):
      let isVersion = (try? Version(text)) != nil
      return isVersion || !Self.isAboutVersions(variable, `operator`) ? nil : text
    case .version, .extra, .reversedExtra, .member, .notMember, .constant: return nil
    }
  }

  private static func isAboutVersions(_ variable: MarkerVariable, _ comparison: MarkerOperator) -> Bool {
    switch comparison {
    case .in, .notIn: false
    case .equal, .notEqual, .arbitraryEqual: variable != .platformRelease
    default: true
    }
  }
}
