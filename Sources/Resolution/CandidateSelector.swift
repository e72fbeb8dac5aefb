import PythonPackaging

/// The rules by which one release of a project is usable for a target, and which file its metadata is read from.
///
/// Pure: the same release, environment and policy give the same verdict. The rules are those of
/// PEP 592 (yanked), PEP 503 and the core metadata (`Requires-Python`), PEP 425 (wheel tags) and
/// PEP 700 (upload times).
struct CandidateSelector: Sendable {
  /// What markers and wheels are judged against.
  let environment: TargetEnvironment
  /// What `Requires-Python` is compared with: a pre-release of Python counts as its release, as with pip.
  private let python: Version
  /// Files uploaded later than this (Unix milliseconds) don't exist.
  let cutoff: Int64?
  /// The projects for which another cutoff stands instead; nil: none.
  let projectCutoffs: [PackageName: Int64?]
  /// The SHA-256 hashes of which a project's files must have one, where the user gives some.
  let hashes: [PackageName: Set<String>]
  /// Which kinds of distribution may be used.
  let formats: FormatControl
  /// The projects that come from a URL: whoever names the file wants the file, of whatever kind and age.
  let directProjects: Set<PackageName>
  /// What an update keeps to; nil: it is none.
  private let update: UpdateTerms?

  private let sieve: WheelSieve

  init(_ request: ResolutionRequest) {
    environment = request.environment
    sieve = WheelSieve(request.environment.tags)
    let full = request.environment.python
    python = (try? Version(full.release.map(String.init).joined(separator: "."))) ?? full
    cutoff = request.cutoff
    projectCutoffs = request.projectCutoffs
    hashes = request.hashes
    formats = request.formats
    directProjects = Set(request.directURLs.keys)
    update = request.update
  }

  /// Whether a release can be used, and through which file.
  enum Verdict: Sendable {
    /// Usable; the file to read metadata from, and whether the whole release is yanked.
    case usable(Distribution, yanked: Distribution.Yank?)
    /// Not usable, and why.
    case unusable(UnavailabilityReason)
  }

  /// Judges the release at a position.
  func verdict(at position: Int, in releases: some ProjectReleases, of project: PackageName) -> Verdict {
    if let barrier = barrier(at: position, in: releases, of: project) { return .unusable(.barred(barrier)) }
    // A wheel that can be used is picked whatever other files there are; all of them tell only why none is.
    if let wheels = releases.wheels(at: position, through: sieve), !wheels.isEmpty {
      let verdict = verdict(on: wheels, of: project)
      if case .usable = verdict { return verdict }
    }
    return verdict(on: releases.distributions(at: position), of: project)
  }

  /// Why an update may not pick the release at a position; nil if it may, and where there is no update.
  func barrier(
    at position: Int, in releases: some ProjectReleases, of project: PackageName
  ) -> ReleaseBarrier? {
    guard let update else { return nil }
    let version = releases.version(at: position)
    if releases.isPreRelease(at: position), update.isUnwanted(preRelease: version, of: project) {
      return .held
    }
    return update.barrier(to: version, of: project) { releases.distributions(at: position) }
  }

  /// Judges a release by its files.
  ///
  /// Files are excluded one by one, and the reason told is that of the file that came furthest:
  /// a release whose only wheel is for another platform and whose sdist needs a newer Python is told to have no
  /// compatible wheel.
  func verdict(on distributions: [Distribution], of project: PackageName) -> Verdict {
    let isDirect = directProjects.contains(project)
    let cutoff = isDirect ? nil : projectCutoffs[project] ?? self.cutoff
    let allowed = formats.isUnrestricted || isDirect ? .any : formats.allowed(of: project)
    var best: (wheel: Distribution, priority: Int, build: BuildTag?)?
    var source: Distribution?
    var foreignWheel: Distribution?
    var foreignTags: [String] = []
    var pythonRefusal: String?
    var excludedKind: FormatControl.Allowed?
    let hashes = hashes.isEmpty ? nil : hashes[project]
    var isOther = false
    var isTooNew = false
    var hasNoTime = false
    var isYanked = !distributions.isEmpty
    var yankReason: Distribution.Yank?

    for distribution in distributions {
      // What the index gives no hash of may be the one: it is looked at once it is picked.
      if let hashes, let hash = distribution.sha256, !hashes.contains(hash) {
        isOther = true
        continue
      }
      if let cutoff {
        if let uploadedAt = distribution.uploadedAt {
          if uploadedAt > cutoff {
            isTooNew = true
            continue
          }
        } else if !distribution.url.hasPrefix("file:") {
          // Files of this machine were never uploaded, and are taken, as by pip.
          hasNoTime = true
          continue
        }
      }
      if let yank = distribution.yanked {
        if yankReason?.reason == nil { yankReason = yank }
      } else {
        isYanked = false
      }
      if let text = distribution.requiresPython, !admits(requiresPython: text) {
        if pythonRefusal == nil { pythonRefusal = text }
        continue
      }
      switch distribution.kind {
      case .wheel(let name):
        guard let priority = environment.tags.priority(of: name) else {
          foreignTags.append(Self.tagSummary(of: name))
          if foreignWheel == nil { foreignWheel = distribution }
          continue
        }
        if let known = best, (known.priority, known.build) <= (priority, name.build) { continue }
        best = (distribution, priority, name.build)
      case .source(let name):
        if allowed == .binaryOnly {
          excludedKind = allowed
          continue
        }
        if let known = source, case .source(let other) = known.kind, name.format <= other.format { continue }
        source = distribution
      }
    }
    if allowed == .sourceOnly, source == nil, best != nil || foreignWheel != nil {
      (best, foreignWheel, foreignTags) = (nil, nil, [])
      excludedKind = allowed
    }

    let yanked = isYanked ? yankReason ?? Distribution.Yank(reason: nil) : nil
    if let best { return .usable(best.wheel, yanked: yanked) }
    if let source { return .usable(foreignWheel ?? source, yanked: yanked) }
    if !foreignTags.isEmpty { return .unusable(.noCompatibleWheel(tags: Array(Set(foreignTags)).sorted())) }
    if let excludedKind { return .unusable(.excludedKind(excludedKind)) }
    if let pythonRefusal { return .unusable(.requiresPython(pythonRefusal)) }
    if isOther { return .unusable(.otherHashes) }
    if isTooNew { return .unusable(.newerThanCutoff) }
    if hasNoTime { return .unusable(.noUploadTime) }
    return .unusable(.noFiles)
  }

  /// Whether the target's Python is in a `Requires-Python`; text that can't be read excludes nothing, as with pip.
  func admits(requiresPython text: String) -> Bool {
    guard let specifiers = try? SpecifierSet(lenient: text) else { return true }
    return admits(specifiers)
  }

  /// Whether the target's Python is among the versions.
  func admits(_ requiresPython: SpecifierSet) -> Bool {
    requiresPython.allows(python)
  }

  /// The requirements of a release that hold in the target for the given extras.
  func applicable(_ requirements: [Requirement], extras: [ExtraName]) -> [Requirement] {
    requirements.filter { $0.applies(in: environment.markers, extras: extras) }
  }

  /// `cp312-cp312-win_amd64`: a wheel's tags as its name has them.
  private static func tagSummary(of wheel: WheelFilename) -> String {
    [wheel.pythonTags, wheel.abiTags, wheel.platformTags].map { $0.joined(separator: ".") }
      .joined(separator: "-")
  }
}

/// Orders source distributions of one release: the usual format first, the old ones last.
private func <= (left: SourceDistributionFilename.Format, right: SourceDistributionFilename.Format) -> Bool {
  func rank(_ format: SourceDistributionFilename.Format) -> Int {
    format.isLegacy ? 0 : format == .tarGzip ? 2 : 1
  }
  return rank(left) <= rank(right)
}

/// Orders wheels of one release: first by tag priority (lower is better), then by build tag (higher is better).
private func <= (left: (Int, BuildTag?), right: (Int, BuildTag?)) -> Bool {
  if left.0 != right.0 { return left.0 < right.0 }
  switch (left.1, right.1) {
  case (.some(let leftBuild), .some(let rightBuild)): return leftBuild >= rightBuild
  case (.none, .some): return false
  case (_, .none): return true
  }
}
