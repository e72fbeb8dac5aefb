package import UpdatePolicy

/// What was found in a project that has no configuration of repin yet.
package struct ProjectSurvey: Sendable, Hashable {
  /// An option of `repin compile` that holds there.
  package struct Setting: Sendable, Hashable {
    /// What an option is set to.
    package enum Value: Sendable, Hashable {
      case flag(Bool)
      case text(String)
      case list([String])
    }

    /// The option's long name without dashes: `generate-hashes`.
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// A lockfile, or sources that have none yet.
  package struct Lockfile: Sendable, Hashable {
    /// The files that it is compiled from.
    package var sources: [String]
    /// Its path; nil: as `repin compile` would call it.
    package var output: String?
    /// The command in its header, as it is written there.
    package var command: String?
    /// What that command sets.
    package var settings: [Setting]

    package init(sources: [String], output: String?, command: String? = nil, settings: [Setting] = []) {
      self.sources = sources
      self.output = output
      self.command = command
      self.settings = settings
    }
  }

  /// Configuration of pip-tools, which repin honours where it is.
  package struct PipTools: Sendable, Hashable {
    /// The file that has it.
    package var file: String
    /// What it sets.
    package var settings: [Setting]

    package init(file: String, settings: [Setting]) {
      self.file = file
      self.settings = settings
    }
  }

  /// The lockfiles, in the order in which they are compiled.
  package var lockfiles: [Lockfile] = []
  package var pipTools: PipTools?
  /// The first index, where the project names one.
  package var indexURL: String?
  package var extraIndexURLs: [String] = []
  package var findLinks: [String] = []
  /// The Python that the project is for: `3.12`.
  package var pythonVersion: String?
  /// Whether an image is built of it.
  package var hasDockerfile = false
  /// When rebuilds are to run.
  package var schedule = Schedule()

  package init() {}
}
