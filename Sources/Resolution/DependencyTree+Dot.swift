package import PythonPackaging

extension DependencyTree {
  /// The tree's requirements as a graph in the DOT language of Graphviz: lines of the user's own are boxes, pins are
  /// ellipses, and each edge has the specifiers and the marker.
  ///
  /// - Parameters:
  ///   - title: the graph's name.
  ///   - pins: the versions of the projects on the way.
  package func dot(title: String, pins: [PackageName: Version]) -> String {
    var text = "digraph \(Self.quoted(title)) {\n  rankdir=LR\n"
    var named: Set<String> = []
    func node(_ id: String, _ attributes: String) {
      if named.insert(id).inserted { text += "  \(Self.quoted(id)) [\(attributes)]\n" }
    }
    func label(_ name: PackageName) -> String {
      "label=\(Self.quoted(name.normalized + (pins[name].map { "==\($0)" } ?? "")))"
    }
    node(target.normalized, "\(label(target)), style=bold")
    for line in lines {
      let asker: String
      switch line.asker {
      case .written(let written):
        let said = PrintableText.escaped(written.text, limit: 300)
        asker = "\(written.shownPlace) \(said)"
        node(asker, "label=\(Self.quoted("\(written.shownPlace)\n\(said)")), shape=box")
      case .pin(let name, _, _):
        asker = name.normalized
        node(asker, label(name))
      }
      node(line.requirement.name.normalized, label(line.requirement.name))
      let edge = "\(Self.quoted(asker)) -> \(Self.quoted(line.requirement.name.normalized))"
      text += "  \(edge) [label=\(Self.quoted(line.edgeLabel))]\n"
    }
    return text + "}"
  }

  /// A string of the DOT language: in quotes, with only `"` and `\` escaped; a line end is kept as one of the label.
  private static func quoted(_ text: String) -> String {
    let pieces = text.split(separator: "\n", omittingEmptySubsequences: false).map { piece in
      PrintableText.escaped(String(piece)).reduce(into: "") { result, character in
        if character == "\"" || character == "\\" { result.append("\\") }
        result.append(character)
      }
    }
    return "\"\(pieces.joined(separator: "\\n"))\""
  }
}

extension DependencyTree.Line {
  /// The extras and versions asked for and when: `[socks]>=2; python_version >= "3.10"`.
  fileprivate var edgeLabel: String {
    let own = if case .pin(_, _, let extra?) = asker { "\(extra): " } else { "" }
    return own + requirement.shown.dropFirst(requirement.name.normalized.count)
  }
}
