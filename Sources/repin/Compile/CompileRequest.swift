import PythonPackaging
import RequirementsFiles
import Resolution

/// The question to the resolver, with what each part of it was in the user's files.
struct CompileRequest {
  /// The question.
  private(set) var resolution: ResolutionRequest
  /// The lines behind the question's requirements, by index.
  private(set) var requirements: [InputRequirement] = []
  /// The lines behind the question's constraints, by index; nil for one of the command line.
  private(set) var constraints: [InputRequirement?] = []
  /// The lines behind the question's overrides, by index.
  private(set) var overrides: [InputRequirement]
  /// The SHA-256 hashes, in hexadecimal digits, of which the input lets a project's files have one.
  private(set) var hashes: [PackageName: Set<String>] = [:]

  /// - Parameters:
  ///   - upgrades: the values of `--upgrade-package`: packages whose pins aren't kept, with bounds on them.
  ///   - locked: the pins there are; empty if none is to be kept.
  ///   - now: in seconds since 1970.
  init(
    _ input: RequirementsInput, direct: DirectSources, upgrades: [Requirement], overrides: [InputRequirement],
    locked: [LockedPin], environment: TargetEnvironment, arguments: ResolutionArguments, now: Int64
  ) throws(CommandFailure) {
    let allowsAll = arguments.pre || (arguments.prerelease == nil && input.options.releaseControl.allowsAll)
    resolution = ResolutionRequest(
      requirements: [], environment: environment,
      preReleases: allowsAll ? .allow : arguments.prerelease ?? .ifNecessary,
      cutoff: arguments.cutoff(now: now), formats: input.options.formatControl, directURLs: direct.urls)
    resolution.strategy = arguments.resolution ?? .highest
    resolution.projectCutoffs = arguments.projectCutoffs(now: now)
    resolution.followsDependencies = !arguments.noDependencies
    self.overrides = overrides
    resolution.overrides = overrides.compactMap { line in
      if case .named(let requirement) = line.kind { requirement } else { nil }
    }
    for (place, entry) in input.entries.enumerated() {
      if let problem = entry.constraintProblem { throw .requirements(problem) }
      guard entry.applies(in: environment.markers) else { continue }
      guard let requirement = direct.requirement(entry, at: place) else { continue }
      if let allowed = try Self.hashes(of: entry) {
        hashes[requirement.name] = hashes[requirement.name]?.intersection(allowed) ?? allowed
        if direct.sources[requirement.name] == nil {
          resolution.hashes[requirement.name] = hashes[requirement.name]
        }
      }
      if entry.isConstraint {
        resolution.constraints.append(requirement)
        constraints.append(entry)
      } else {
        resolution.requirements.append(requirement)
        requirements.append(entry)
      }
    }
    try takeHashes(ofOverrides: overrides, direct: direct, environment: environment)
    for upgrade in upgrades where !upgrade.specifiers.isEmpty {
      resolution.constraints.append(upgrade)
      constraints.append(nil)
    }
    let upgraded = Set(upgrades.map(\.name))
    for pin in locked {
      guard let name = pin.name, let version = pin.version, !upgraded.contains(name),
        direct.sources[name] == nil,
        pin.marker.flatMap({ try? Marker($0) })?.evaluate(in: environment.markers, extras: []) ?? true
      else { continue }
      resolution.preferences[name] = version
    }
  }

  /// An override stands instead of a requirement, and its hashes instead of the requirement's.
  private mutating func takeHashes(
    ofOverrides overrides: [InputRequirement], direct: DirectSources, environment: TargetEnvironment
  ) throws(CommandFailure) {
    var own: [PackageName: Set<String>] = [:]
    for override in overrides {
      guard override.applies(in: environment.markers),
        let name = override.name, let allowed = try Self.hashes(of: override)
      else { continue }
      own[name] = own[name]?.intersection(allowed) ?? allowed
    }
    for (name, allowed) in own {
      hashes[name] = allowed
      if direct.sources[name] == nil { resolution.hashes[name] = allowed }
    }
  }

  /// The hashes of `--hash` behind a requirement; nil: none.
  private static func hashes(of entry: InputRequirement) throws(CommandFailure) -> Set<String>? {
    if entry.hashes.isEmpty { return nil }
    var digits: Set<String> = []
    for hash in entry.hashes {
      let hex = hash.dropFirst("sha256:".count).lowercased()
      guard hash.hasPrefix("sha256:"), hex.utf8.count == 64, hex.allSatisfy(\.isHexDigit) else {
        throw .usage(
          "\(place(entry.location)): found the hash `\(PrintableText.escaped(hash, limit: 100))`, expected `sha256:` "
            + "and 64 hexadecimal digits")
      }
      digits.insert(hex)
    }
    return digits
  }

  /// Where each requirement is written.
  var requirementPlaces: [RequirementPlace] { requirements.map { Self.place($0.location) } }

  /// Where each constraint is written.
  var constraintPlaces: [RequirementPlace] {
    constraints.map { $0.map { Self.place($0.location) } ?? RequirementPlace(option: "--upgrade-package") }
  }

  /// Where each override is written.
  var overridePlaces: [RequirementPlace] { overrides.map { Self.place($0.location) } }

  static func place(_ location: SourceLocation) -> RequirementPlace {
    location.file == questionFile && location.line == 0
      ? .question : RequirementPlace(file: location.file, line: location.line == 0 ? nil : location.line)
  }

  /// What stands for a file where a requirement is part of a question on the command line.
  private static let questionFile = RequirementPlace.question.source

  /// The request with a question's last requirement, which no file has.
  func asking(_ question: PinQuestion) -> CompileRequest {
    var request = self
    request.resolution = question.asking
    let line = InputRequirement(
      kind: .named(question.wanted), origin: .requirements(Self.questionFile),
      location: SourceLocation(file: Self.questionFile), text: question.wanted.description)
    request.requirements.append(line)
    if request.resolution.overrides.count > request.overrides.count { request.overrides.append(line) }
    return request
  }

  /// The request with a question's bounds on a pin that is given up.
  func upgrading(_ question: PinQuestion) -> CompileRequest {
    var request = self
    request.resolution = question.upgrading
    request.constraints.append(nil)
    return request
  }

  /// The lines behind the question's requirements, as they are told where they stand in the way.
  var writtenRequirements: [WrittenRequirement] { requirements.map(Self.written) }

  /// A line as it is told.
  static func written(_ entry: InputRequirement) -> WrittenRequirement {
    WrittenRequirement(
      file: entry.location.file, line: entry.location.line == 0 ? nil : entry.location.line,
      text: (entry.isEditable ? "-e " : "") + URLCredentials.redacted(entry.text))
  }
}
