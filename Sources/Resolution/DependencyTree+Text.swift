package import PythonPackaging

extension DependencyTree {
  /// The tree as lines of text, two spaces deeper a level.
  ///
  /// Example: `requirements.in:1: flask>=3`, and below it `  flask==3.0 needs werkzeug>=3.0.0`.
  ///
  /// - Parameter heldBack: projects that are resolved and not pinned; where one asks, that is told.
  package func textLines(heldBack: Set<PackageName> = []) -> [String] {
    lines.map { String(repeating: "  ", count: $0.depth) + $0.text(heldBack: heldBack) }
  }
}

extension DependencyTree.Line {
  /// Who asks for what, without indentation.
  fileprivate func text(heldBack: Set<PackageName>) -> String {
    let said =
      switch asker {
      case .written(let written): "\(written.shownPlace): \(PrintableText.escaped(written.text, limit: 300))"
      case .pin: "\(asker.name(heldBack: heldBack)) needs \(requirement.shown)"
      }
    let overridden = override.map { " (overridden at \($0.shownPlace))" } ?? ""
    return said + overridden + (isAbove ? " (above)" : "")
  }
}

extension DependencyTree.Asker {
  /// `setuptools==80.0 (held back)`, and otherwise as ``name``.
  package func name(heldBack: Set<PackageName>) -> String {
    if case .pin(let project, _, _) = self, heldBack.contains(project) { return "\(name) (held back)" }
    return name
  }

  /// `requests[socks]==2.32.0`, or the place of a line.
  package var name: String {
    switch self {
    case .written(let written): written.shownPlace
    case .pin(let name, let version, let extra): "\(name)\(extra.map { "[\($0)]" } ?? "")==\(version)"
    }
  }
}

extension WrittenRequirement {
  /// The place, fit for a terminal.
  package var shownPlace: String { PrintableText.escaped(place, limit: 300) }
}

extension Requirement {
  /// The requirement as it holds, fit for a terminal: its name normalised, its marker without the extra it came by.
  package var shown: String {
    let brackets = extras.isEmpty ? "" : "[\(extras.map(\.normalized).joined(separator: ","))]"
    let address = url.map { " @ \($0)" } ?? ""
    let condition = marker?.removingExtraTerms().map { "\(url == nil ? "" : " "); \($0)" } ?? ""
    return PrintableText.escaped("\(name)\(brackets)\(specifiers)\(address)\(condition)", limit: 300)
  }
}
