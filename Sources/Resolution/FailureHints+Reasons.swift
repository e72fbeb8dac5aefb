import PubGrub
import PythonPackaging

extension FailureHints {
  /// Releases of one project that can't be used for one kind of reason.
  private struct Refused {
    let package: PackageID
    let kind: UnavailabilityReason.Kind
    var reasons: [UnavailabilityReason] = []
    var versions = VersionRanges()
  }

  /// What would admit the releases that can't be used.
  var forReasons: [FailureHint] {
    var refused: [Refused] = []
    for fact in facts {
      guard case .unavailable(let label) = fact.cause, let term = fact.terms.first,
        case .unavailable(let reason) = failed.labels[Int(label)]
      else { continue }
      let place = refused.firstIndex { $0.package == term.package && $0.kind == reason.kind }
      var group = place.map { refused[$0] } ?? Refused(package: term.package, kind: reason.kind)
      group.reasons.append(reason)
      group.versions = group.versions.union(term.versions)
      if let place { refused[place] = group } else { refused.append(group) }
    }
    return refused.compactMap(hint)
  }

  private func hint(for group: Refused) -> FailureHint? {
    guard let name = failed.packages[Int(group.package.index)].project else { return nil }
    switch group.kind {
    case .preRelease:
      return FailureHint(.admitPreReleases, name, "pre-releases of `\(name)` exist: `--pre` admits them")
    case .requiresPython: return forPython(name, group.reasons)
    case .noCompatibleWheel: return forWheels(name, group.reasons)
    case .yanked:
      guard let newest = group.versions.max,
        let release = words.releases(of: group.package)?.version(at: Int(newest))
      else { return nil }
      return FailureHint(
        .nameYanked, name,
        "write `\(name)==\(release)` among your requirements to take a yanked release all the same")
    case .needsBuild:
      return FailureHint(
        .admitDistributions, name,
        "leave out `--no-build` for `\(name)`, or name a Python to build with by `--python`")
    case .sourceOnly:
      return FailureHint(
        .admitDistributions, name, "leave out `--only-binary` for `\(name)` to admit source distributions")
    case .wheelsOnly:
      return FailureHint(.admitDistributions, name, "leave out `--no-binary` for `\(name)` to admit wheels")
    case .otherHashes:
      return FailureHint(
        .changeHash, name, "take out the `--hash` of `\(name)`, or give one of the release that is meant")
    case .newerThanCutoff: return forCutoff(name, group)
    case .noUploadTime:
      return FailureHint(
        .moveCutoff, name,
        "`--exclude-newer-package \(name)=false` lifts the cutoff from `\(name)`, of which the index tells no upload times"
      )
    case .directURL:
      guard case .directURL(let requirement)? = group.reasons.first else { return nil }
      return FailureHint(
        .askForURL, name, "write `\(RequirementsVocabulary.oneLine(requirement))` among your own requirements"
      )
    case .noFiles, .unreadableMetadata, .constraint, .offline: return nil
    }
  }

  private func forPython(_ name: PackageName, _ reasons: [UnavailabilityReason]) -> FailureHint? {
    let texts = reasons.compactMap { reason -> String? in
      if case .requiresPython(let text) = reason { text } else { nil }
    }
    let admission = PythonAdmission(of: texts, target: failed.request.environment.python)
    guard let text = admission.text else { return nil }
    return FailureHint(
      .otherPython, name,
      "Python \(text) would do for `\(name)`: `--python-version \(text)`, or another interpreter by `--python`"
    )
  }

  private func forWheels(_ name: PackageName, _ reasons: [UnavailabilityReason]) -> FailureHint {
    let tags = reasons.flatMap { reason -> [String] in
      if case .noCompatibleWheel(let tags) = reason { tags } else { [] }
    }
    let environment = failed.request.environment
    let own = Set(environment.tags.all.compactMap { $0.split(separator: "-").last.map(String.init) })
    let pythons = tags.compactMap { tag -> Version? in
      let parts = tag.split(separator: "-").map(String.init)
      guard parts.count == 3, parts[2].split(separator: ".").contains(where: { own.contains(String($0)) }),
        let python = parts[0].split(separator: ".").first, python.hasPrefix("cp3"),
        parts[1] == python || parts[1] == "abi3", let minor = Int(python.dropFirst(3))
      else { return nil }
      return try? Version("3.\(minor)")
    }
    let target = environment.python
    let nearest = pythons.filter { $0 > target }.min() ?? pythons.max()
    if let nearest, nearest.release.prefix(2) != target.release.prefix(2) {
      return FailureHint(
        .otherPython, name,
        "`\(name)` has wheels for Python \(nearest): `--python-version \(nearest)`, or another interpreter by `--python`"
      )
    }
    return FailureHint(
      .otherPlatform, name,
      "`\(name)` has wheels for other targets: `--python-version` and `--python-platform` say which is meant")
  }

  private func forCutoff(_ name: PackageName, _ group: Refused) -> FailureHint? {
    guard let releases = words.releases(of: group.package) else { return nil }
    var oldest: (time: Int64, version: Version)?
    for place in group.versions.ranges.joined() {
      for file in releases.distributions(at: Int(place)) {
        if let time = file.uploadedAt, time < oldest?.time ?? .max {
          oldest = (time, releases.version(at: Int(place)))
        }
      }
    }
    guard let oldest else { return nil }
    return FailureHint(
      .moveCutoff, name,
      "`--exclude-newer-package \(name)=\(UploadTime(milliseconds: oldest.time))` admits `\(name)==\(oldest.version)`"
    )
  }
}
