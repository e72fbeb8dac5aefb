package import PythonPackaging

/// One requirement a person wrote: what is asked for, where it is written, and how it is shown.
///
/// Requirements whose marker is false for the target are kept; filtering is the resolver's part.
package struct InputRequirement: Sendable, Hashable {
  /// What is asked for.
  package enum Kind: Sendable, Hashable {
    /// Releases of a package from an index: `flask[async]>=2 ; python_version >= "3.8"`.
    case named(Requirement)
    /// A package at a URL (`url` is set), its name known from the line: `flask @ https://…`, `https://…#egg=flask`,
    /// a wheel's URL or path. A path has become an absolute `file:` URL.
    case direct(Requirement)
    /// A source distribution, a repository or a directory whose name only its metadata tells.
    case unnamed(UnnamedRequirement)
  }

  /// What is asked for.
  package var kind: Kind
  /// `-e`: installed in place.
  package var isEditable: Bool
  /// From a constraints file: it limits a version and asks for nothing.
  package var isConstraint: Bool
  /// How `# via` shows it.
  package var origin: RequirementOrigin
  /// Where it is written.
  package var location: SourceLocation
  /// `--hash` values in the order written: `sha256:…`.
  package var hashes: [String]
  /// `--config-settings`, in the order written.
  package var configSettings: [ConfigSetting]
  /// The requirement as written, with its `${VARIABLES}`, without options; for an editable what follows `-e`.
  package var text: String
  /// The URL as written, with its `${VARIABLES}`, for `direct` and `unnamed`; equal to `url` without variables.
  package var writtenURL: String?

  /// A requirement of the given parts: for what comes from project metadata or the command line.
  package init(
    kind: Kind, isEditable: Bool = false, isConstraint: Bool = false, origin: RequirementOrigin,
    location: SourceLocation, hashes: [String] = [], configSettings: [ConfigSetting] = [], text: String,
    writtenURL: String? = nil
  ) {
    self.kind = kind
    self.isEditable = isEditable
    self.isConstraint = isConstraint
    self.origin = origin
    self.location = location
    self.hashes = hashes
    self.configSettings = configSettings
    self.text = text
    self.writtenURL = writtenURL
  }

  /// Whether it counts in an environment: without a marker it always does.
  package func applies(in environment: MarkerEnvironment) -> Bool {
    marker?.evaluate(in: environment, extras: []) ?? true
  }

  /// The package's name, where the line tells it.
  package var name: PackageName? {
    switch kind {
    case .named(let requirement), .direct(let requirement): requirement.name
    case .unnamed: nil
    }
  }

  /// The extras asked for, sorted.
  package var extras: [ExtraName] {
    switch kind {
    case .named(let requirement), .direct(let requirement): requirement.extras
    case .unnamed(let requirement): requirement.extras
    }
  }

  /// The condition under which it counts.
  package var marker: Marker? {
    switch kind {
    case .named(let requirement), .direct(let requirement): requirement.marker
    case .unnamed(let requirement): requirement.marker
    }
  }

  /// The URL of a direct requirement, variables expanded.
  package var url: String? {
    switch kind {
    case .named: nil
    case .direct(let requirement): requirement.url
    case .unnamed(let requirement): requirement.url
    }
  }

  /// What is wrong with it as a constraint, if anything: pip refuses constraints without a name, but only where their
  /// marker holds, so the caller asks after evaluating markers. Extras of a constraint ask for nothing, as with pip-compile:
  /// a lockfile with extras can be a constraint.
  package var constraintProblem: RequirementsFileError? {
    guard isConstraint else { return nil }
    if case .unnamed = kind {
      return RequirementsFileError(
        location: location, reason: .unnamedConstraint, found: "`\(URLCredentials.redacted(text))`",
        expected: "a constraint with a name", remedy: "write it as `name @ URL`")
    }
    return nil
  }
}
