/// How the answer of `repin check` is shown, by the names that `--format` takes.
package enum CheckFormat: String, Sendable, CaseIterable {
  case text, json, markdown, github, gitlab, codequality, junit, sarif, cyclonedx

  /// `text, json, … or cyclonedx`.
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or \(names.last ?? "")"
  }
}

extension CheckReport {
  /// The report in a format.
  ///
  /// - Parameters:
  ///   - style: of the text.
  ///   - programVersion: of repin.
  ///   - timestamp: what a bill of materials says of when it was made, such as `SOURCE_DATE_EPOCH`, in seconds since 1970-01-01
  ///     00:00 UTC; nil: the moment of the check.
  package func rendered(
    as format: CheckFormat, _ style: TerminalStyle, programVersion: String, timestamp: Int64? = nil
  ) -> String {
    switch format {
    case .text: text(style)
    case .json: json()
    case .markdown: markdown()
    case .github: githubAnnotations()
    case .gitlab: gitlab(programVersion: programVersion)
    case .codequality: codeQuality()
    case .junit: junit()
    case .sarif: sarif(programVersion: programVersion)
    case .cyclonedx: cyclonedx(programVersion: programVersion, timestamp: timestamp)
    }
  }
}
