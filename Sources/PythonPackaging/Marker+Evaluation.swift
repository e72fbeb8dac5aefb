extension Marker {
  /// Whether the marker holds in an environment, for the extras that are asked for.
  ///
  /// Comparisons are those of `packaging` 26.3:
  /// - `python_version`, `python_full_version`, `implementation_version` and `platform_release` compare as versions if
  ///   the operator and the other side make a version specifier, pre-releases allowed; a value that is no version is
  ///   then in no specifier.
  /// - All else compares as text: `==` and `!=` by equality, `<=` and `>=` as `==`, `<` and `>` never hold, `in` looks
  ///   for a substring.
  /// - `extra == "x"` holds if `x` is among `extras`, and `extra != "x"` if it isn't; without extras, `extra` is "".
  /// - `"x" in extras` and `"x" in dependency_groups` are PEP 751's sets.
  /// - What `packaging` refuses to evaluate (`~=` of texts, two literals) does not hold.
  package func evaluate(in environment: MarkerEnvironment, extras: [ExtraName]) -> Bool {
    evaluate(in: environment, extras: extras, dependencyGroups: [])
  }

  /// Whether the marker holds, with the dependency groups that a lockfile is installed with (PEP 751).
  package func evaluate(
    in environment: MarkerEnvironment, extras: [ExtraName], dependencyGroups: [ExtraName]
  ) -> Bool {
    expression.evaluate(
      MarkerContext(environment: environment, extras: extras, dependencyGroups: dependencyGroups))
  }
}

extension Requirement {
  /// Whether the requirement counts in an environment, for the extras that are asked for: without a marker it always does.
  package func applies(in environment: MarkerEnvironment, extras: [ExtraName] = []) -> Bool {
    marker?.evaluate(in: environment, extras: extras) ?? true
  }
}

/// What a marker is evaluated against.
private struct MarkerContext {
  let environment: MarkerEnvironment
  let extras: [ExtraName]
  let dependencyGroups: [ExtraName]

  func names(_ variable: MarkerVariable) -> [ExtraName] {
    variable == .dependencyGroups ? dependencyGroups : extras
  }
}

extension MarkerExpression {
  fileprivate func evaluate(_ context: MarkerContext) -> Bool {
    var holds = first.evaluate(context)
    for link in rest {
      switch link.connective {
      case .and: holds = holds && link.term.evaluate(context)
      case .or:
        if holds { return true }
        holds = link.term.evaluate(context)
      }
    }
    return holds
  }
}

extension MarkerExpression.Term {
  fileprivate func evaluate(_ context: MarkerContext) -> Bool {
    switch self {
    case .comparison(let comparison): comparison.test.evaluate(context)
    case .group(let inner): inner.evaluate(context)
    }
  }
}

extension MarkerComparison.Test {
  fileprivate func evaluate(_ context: MarkerContext) -> Bool {
    switch self {
    case .version(let variable, let specifier):
      return context.environment.version(variable).map { specifier.allows($0) } ?? false
    case .identity(let variable, let text):
      return context.environment.text(variable).lowercased() == text
    case .reversedVersion(let text, let comparison, let variable):
      let value = context.environment.text(variable)
      switch MarkerComparison.specifier(comparison, value) {
      case .version(let specifier): return (try? Version(text)).map { specifier.allows($0) } ?? false
      case .identity(let value): return text.lowercased() == value
      case nil: return comparison.holds(text, value)
      }
    case .text(let variable, let comparison, let text):
      return comparison.holds(context.environment.text(variable), text)
    case .reversedText(let text, let comparison, let variable):
      return comparison.holds(text, context.environment.text(variable))
    case .extra(let comparison, let name):
      return comparison.holds(forExtras: context.extras) { comparison, extra in comparison.holds(extra, name)
      }
    case .reversedExtra(let name, let comparison):
      return comparison.holds(forExtras: context.extras) { comparison, extra in comparison.holds(name, extra)
      }
    case .member(let name, let variable):
      return context.names(variable).contains { $0.normalized == name }
    case .notMember(let name, let variable):
      return !context.names(variable).contains { $0.normalized == name }
    case .constant(let value):
      return value
    }
  }
}

extension MarkerOperator {
  /// The comparison of two texts.
  fileprivate func holds(_ left: String, _ right: String) -> Bool {
    switch self {
    case .equal, .lessOrEqual, .greaterOrEqual: left == right
    case .notEqual: left != right
    case .in: right.containsBytes(of: left)
    case .notIn: !right.containsBytes(of: left)
    case .less, .greater, .arbitraryEqual, .compatible: false
    }
  }

  /// Whether the comparison holds for one of the extras (or for "" if there are none); a negation, for each of them.
  fileprivate func holds(forExtras extras: [ExtraName], _ holds: (MarkerOperator, String) -> Bool) -> Bool {
    let isForEach = self == .notEqual || self == .notIn
    guard !extras.isEmpty else { return holds(self, "") }
    return isForEach
      ? extras.allSatisfy { holds(self, $0.normalized) } : extras.contains { holds(self, $0.normalized) }
  }
}

extension String {
  /// Whether another text occurs in this one, byte for byte.
  fileprivate func containsBytes(of other: String) -> Bool {
    let needle = other.utf8
    guard !needle.isEmpty else { return true }
    var start = utf8.startIndex
    var remaining = utf8.count - needle.count
    while remaining >= 0 {
      if utf8[start...].starts(with: needle) { return true }
      start = utf8.index(after: start)
      remaining -= 1
    }
    return false
  }
}
