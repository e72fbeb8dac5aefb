package import PythonPackaging

/// Lines of the user's own that, changed, give a graph the releases that are wanted, as an attempt showed.
///
/// Example: `mlflow<2.5` changed to `mlflow==2.17.2` gives it `sqlalchemy==2.0.40`.
package struct WayOut: Sendable {
  /// One line to change.
  package struct Change: Sendable {
    /// The line: a requirement, a constraint or an override.
    package let line: PinBlocker.Asker
    /// What it says now.
    package let requirement: Requirement
    /// The release that it would have to name; nil: the line is to be taken out, nothing asks for the project then.
    package let version: Version?

    /// What to write instead of it; nil: nothing.
    package var replacement: Requirement? {
      version.map { requirement.with(specifiers: SpecifierSet(exactly: $0)) }
    }
  }

  package let changes: [Change]
  /// The release that is wanted, as it would be pinned.
  package let version: Version
  /// What gives it once the lines are changed.
  package let way: PinQuestion.Way
}

/// What came of looking for ways out.
package struct WaysOut: Sendable {
  /// Those found, none with more lines than another.
  package var found: [WayOut] = []
  /// How many changes of lines were tried.
  package var tried = 0
  /// Whether nothing was left untried or undecided: then, where none was found, no change to the bounds of the user's own
  /// lines gives what is wanted.
  package var isComplete = true
}

extension SpecifierSet {
  init(exactly version: Version) {
    self = (try? SpecifierSet("==\(version)")) ?? SpecifierSet()
  }
}

extension Requirement {
  /// The same with other specifiers.
  func with(specifiers: SpecifierSet) -> Requirement {
    var requirement = self
    requirement.specifiers = specifiers
    return requirement
  }
}
