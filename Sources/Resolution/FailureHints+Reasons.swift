import PubGrub
import PythonPackaging

extension FailureHints {
  /// How many of a project's newest refused releases are tried under another request.
  private static let mostTried = 50

  /// Releases of one project that can't be used for one kind of reason.
  struct Refused {
    let package: PackageID
    let name: PackageName
    let kind: UnavailabilityReason.Kind
    var reasons: [UnavailabilityReason] = []
    var versions = VersionRanges()
    var labels: Set<UInt32> = []
    /// Those that the proof and the user's own lines leave once they aren't refused.
    var possible = VersionRanges()
    /// The newest of these, newest first.
    var tried: [ReleaseFiles] = []
  }

  /// What would admit the releases that can't be used.
  var forReasons: [HintProposal] {
    var refused: [Refused] = []
    for fact in study.facts {
      guard case .unavailable(let label) = fact.cause, let term = fact.terms.first,
        let reason = study.reason(of: fact), let name = study.project(of: term.package)
      else { continue }
      let place = refused.firstIndex { $0.package == term.package && $0.kind == reason.kind }
      var group = place.map { refused[$0] } ?? Refused(package: term.package, name: name, kind: reason.kind)
      group.reasons.append(reason)
      group.versions = group.versions.union(term.versions)
      group.labels.insert(label)
      if let place { refused[place] = group } else { refused.append(group) }
    }
    return refused.compactMap { group in
      var group = group
      group.possible = possible(group)
      if Self.kindsTried.contains(group.kind), let releases = failed.releases[group.name] {
        group.tried = group.possible.ranges.joined().suffix(Self.mostTried).reversed().map { place in
          ReleaseFiles(place: Int(place), files: releases.distributions(at: Int(place)))
        }
      }
      return hint(for: group)
    }
  }

  /// The reasons against which another request is tried.
  private static let kindsTried: Set<UnavailabilityReason.Kind> = [
    .preRelease, .requiresPython, .noCompatibleWheel, .yanked, .sourceOnly, .wheelsOnly, .otherHashes,
    .noUploadTime,
  ]

  /// Of refused releases, those that the proof and the user's own lines leave once they aren't refused.
  private func possible(_ group: Refused) -> VersionRanges {
    let left = study.proof.possibleVersions(of: group.package, without: group.labels) ?? VersionRanges()
    return study.ownLines(on: group.name).reduce(left.intersection(group.versions)) {
      $0.intersection($1.allowed)
    }
  }

  /// Of refused releases, the newest that could be picked if the request were another.
  private func regained(_ group: Refused, by change: (inout ResolutionRequest) -> Void) -> Version? {
    guard !group.tried.isEmpty, let releases = failed.releases[group.name] else { return nil }
    return study.admission(change).newest(of: group.name, among: group.tried, in: releases)
      .map { releases.version(at: $0) }
  }

  private func isRegained(_ group: Refused, by change: (inout ResolutionRequest) -> Void) -> Bool {
    regained(group, by: change) != nil
  }

  private func hint(for group: Refused) -> HintProposal? {
    let name = group.name
    let shown = RequirementsVocabulary.shown(name)
    switch group.kind {
    case .preRelease: return forPreReleases(group)
    case .requiresPython: return forPython(group)
    case .noCompatibleWheel: return forWheels(group)
    case .yanked: return forYanked(group)
    case .needsBuild:
      // What a build would tell isn't known before.
      let isRuledOut = study.setting.builds.allowed(of: name) == .binaryOnly
      return HintProposal(
        .admitDistributions, name,
        isRuledOut
          ? "leave out `--no-build` for `\(shown)`" : "name a Python to build `\(shown)` with by `--python`")
    case .sourceOnly:
      guard isRegained(group, by: { $0.formats = FormatControl() }) else { return nil }
      return HintProposal(
        .admitDistributions, name, changing: { $0.formats = FormatControl() }, combination: .together,
        "leave out `--only-binary` for `\(shown)` to admit source distributions")
    case .wheelsOnly:
      guard isRegained(group, by: { $0.formats = FormatControl() }) else { return nil }
      return HintProposal(
        .admitDistributions, name, changing: { $0.formats = FormatControl() }, combination: .together,
        "leave out `--no-binary` for `\(shown)` to admit wheels")
    case .otherHashes:
      guard isRegained(group, by: { $0.hashes[name] = nil }) else { return nil }
      return HintProposal(
        .changeHash, name, changing: { $0.hashes[name] = nil }, combination: .together,
        "take out the `--hash` of `\(shown)`, or give one of the release that is meant")
    case .newerThanCutoff: return forCutoff(group)
    case .noUploadTime:
      if let hint = forIndexWithoutTimes(about: name) { return hint }
      guard isRegained(group, by: { $0.projectCutoffs.updateValue(nil, forKey: name) }) else { return nil }
      return HintProposal(
        .moveCutoff, name, changing: { $0.projectCutoffs.updateValue(nil, forKey: name) },
        combination: .together,
        "`--exclude-newer-package \(shown)=false` lifts the cutoff from `\(shown)`, of which the index tells no upload "
          + "times")
    case .directURL:
      guard case .directURL(let requirement)? = group.reasons.first else { return nil }
      return HintProposal(
        .askForURL, name, "write `\(RequirementsVocabulary.oneLine(requirement))` among your own requirements"
      )
    case .noFiles, .unreadableMetadata, .constraint, .offline: return nil
    // What an update may not pick, a hint doesn't talk it into.
    case .affected, .coolingDown, .largerStep, .replaced, .notRaised, .outsideBounds, .held: return nil
    }
  }

  private func forPreReleases(_ group: Refused) -> HintProposal? {
    guard let release = regained(group, by: { $0.preReleases = .ifNecessary }) else { return nil }
    let policy = failed.request.preReleases.rawValue
    let shown = "\(RequirementsVocabulary.shown(group.name))==\(RequirementsVocabulary.shown(release))"
    return HintProposal(
      .admitPreReleases, group.name, changing: { $0.preReleases = .ifNecessary }, combination: .together,
      "`--prerelease if-necessary` instead of `\(policy)` admits the pre-release `\(shown)`")
  }

  private func forYanked(_ group: Refused) -> HintProposal? {
    // An override stands instead of whatever would be written there.
    guard !failed.request.overrides.contains(where: { $0.name == group.name }),
      let releases = failed.releases[group.name]
    else { return nil }
    let lines = group.tried.compactMap { tried in
      (try? SpecifierSet("==\(releases.version(at: tried.place))"))
        .map { Requirement(name: group.name, specifiers: $0) }
    }
    guard let newest = regained(group, by: { $0.requirements += lines }) else { return nil }
    let release = RequirementsVocabulary.shown(newest)
    let line = lines.first { $0.specifiers.allows(newest) }
    return HintProposal(
      .nameYanked, group.name, changing: { $0.requirements += [line].compactMap(\.self) },
      combination: .together,
      "write `\(RequirementsVocabulary.shown(group.name))==\(release)` among your requirements to take a yanked release "
        + "all the same")
  }

  // MARK: Targets

  private func forPython(_ group: Refused) -> HintProposal? {
    let texts = group.reasons.compactMap { reason -> String? in
      if case .requiresPython(let text) = reason { text } else { nil }
    }
    let pythons = PythonAdmission.pythons(admittedBy: texts, nearestTo: failed.request.environment.python)
    guard let (text, environment) = self.python(among: pythons, for: group) else { return nil }
    return HintProposal(
      .otherPython, group.name, changing: { $0.environment = environment }, combination: .instead,
      "Python \(text) would do for `\(RequirementsVocabulary.shown(group.name))`: `--python-version \(text)`, or another "
        + "interpreter by `--python`")
  }

  /// How many other Pythons are tried.
  private static let mostPythons = 40

  /// The first of some Pythons that can be asked for and admits one of the releases.
  private func python(
    among pythons: [Version], for group: Refused
  ) -> (text: String, environment: TargetEnvironment)? {
    for text in pythons.prefix(Self.mostPythons).lazy.map(PythonAdmission.text) {
      guard let other = try? failed.request.environment.with(pythonVersion: text) else { continue }
      if isRegained(group, by: { $0.environment = other }) { return (text, other) }
    }
    return nil
  }

  private func forWheels(_ group: Refused) -> HintProposal? {
    let name = RequirementsVocabulary.shown(group.name)
    let tags = group.reasons.flatMap { reason -> [String] in
      if case .noCompatibleWheel(let tags) = reason { tags } else { [] }
    }
    let environment = failed.request.environment
    let own = Set(environment.tags.all.compactMap { $0.split(separator: "-").last.map(String.init) })
    let pythons = tags.compactMap { tag -> Version? in
      let parts = tag.split(separator: "-").map(String.init)
      guard parts.count == 3, parts[2].split(separator: ".").contains(where: { own.contains(String($0)) }),
        let python = parts[0].split(separator: ".").first, python.hasPrefix("cp3"),
        parts[1] == python || parts[1] == "\(python)m" || parts[1] == "abi3",
        let minor = Int(python.dropFirst(3))
      else { return nil }
      return try? Version("3.\(minor)")
    }
    let target = environment.python
    let others = Set(pythons).filter { $0.release.prefix(2) != target.release.prefix(2) }
    let nearest = others.filter { $0 > target }.sorted() + others.filter { $0 < target }.sorted().reversed()
    if let (text, other) = python(among: nearest, for: group) {
      return HintProposal(
        .otherPython, group.name, changing: { $0.environment = other }, combination: .instead,
        "`\(name)` has wheels for Python \(text): `--python-version \(text)`, or another interpreter by `--python`"
      )
    }
    guard let (platform, other) = platform(for: group) else { return nil }
    return HintProposal(
      .otherPlatform, group.name, changing: { $0.environment = other }, combination: .instead,
      "`\(name)` has wheels for another platform: `--python-platform \(platform)`")
  }

  /// The first name of a platform that admits one of the releases; each platform is tried once, under its first name.
  private func platform(for group: Refused) -> (name: String, environment: TargetEnvironment)? {
    let short = failed.request.environment.python.release.prefix(2).map(String.init).joined(separator: ".")
    var wheels: [[[String]]: WheelFilename] = [:]
    for case .wheel(let name) in group.tried.lazy.flatMap(\.files).map(\.kind) {
      wheels[[name.pythonTags, name.abiTags, name.platformTags]] = name
    }
    var tried: Set<TargetEnvironment> = []
    for platform in TargetEnvironment.platformNames {
      guard let other = try? TargetEnvironment(pythonVersion: short, platformName: platform),
        tried.insert(other).inserted, wheels.values.contains(where: { other.tags.priority(of: $0) != nil })
      else { continue }
      if isRegained(group, by: { $0.environment = other }) { return (platform, other) }
    }
    return nil
  }
}
