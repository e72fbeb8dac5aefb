/// How the labels of a build are written, by the names that `--format` takes.
package enum LabelFormat: String, Sendable, CaseIterable {
  /// Options of `docker build`, which podman and buildah take too, a word each.
  case docker
  /// A label a line, for a file or an action's input.
  case lines
  /// An object of strings.
  case json
  /// Build arguments, a word each, for a Dockerfile that writes its labels itself.
  case buildArguments = "build-args"

  /// `docker, lines, json or build-args`.
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or \(names.last ?? "")"
  }
}

extension BuildLabels {
  /// The labels in a format, without a line feed at the end.
  ///
  /// Options are one word each, a line each: shells split what a command writes at line feeds, whatever else they split it at.
  package func rendered(as format: LabelFormat) -> String {
    switch format {
    case .docker: labels.map { "--label=\($0.key.rawValue)=\($0.value)" }.joined(separator: "\n")
    case .lines: labels.map { "\($0.key.rawValue)=\($0.value)" }.joined(separator: "\n")
    case .json:
      // Neither keys nor values hold what JSON has to escape.
      "{\n" + labels.map { "  \"\($0.key.rawValue)\": \"\($0.value)\"" }.joined(separator: ",\n") + "\n}"
    case .buildArguments:
      labels.map { "--build-arg=\($0.key.argumentName)=\($0.value)" }.joined(separator: "\n")
    }
  }
}

extension LabelKey {
  /// The build argument that stands for a label: `REPIN_LOCK_DIGEST`, `IMAGE_REVISION`.
  package var argumentName: String {
    switch self {
    case .revision: "IMAGE_REVISION"
    case .created: "IMAGE_CREATED"
    case .lockDigest: "REPIN_LOCK_DIGEST"
    case .lockPath: "REPIN_LOCK_PATH"
    case .version: "REPIN_VERSION"
    }
  }
}
