import PubGrub
import PythonPackaging

extension FailureHints {
  /// Where the index tells no upload time of several projects that the user asks for, to lift the cutoff from one helps
  /// little.
  func forIndexWithoutTimes(about name: PackageName) -> HintProposal? {
    let names = namesUnderCutoff
    guard names.contains(name), names.count > 1,
      names.allSatisfy({ name in
        guard let releases = failed.releases[name] else { return false }
        return (0..<releases.versionCount).allSatisfy { place in
          releases.distributions(at: place).allSatisfy { $0.uploadedAt == nil }
        }
      })
    else { return nil }
    return HintProposal(
      .moveCutoff, name, changing: { $0.cutoff = nil },
      "leave out `\(study.setting.cutoffOption)`: the index tells no upload time of anything that you ask for"
    )
  }

  /// The projects that the user asks for and that the common cutoff is for.
  private var namesUnderCutoff: Set<PackageName> {
    let request = failed.request
    return Set(request.requirements.map(\.name)).filter {
      request.projectCutoffs[$0] == nil && failed.releases[$0] != nil && request.directURLs[$0] == nil
    }
  }

  func forCutoff(_ group: Refused) -> HintProposal? {
    let name = group.name
    if failed.request.projectCutoffs[name] == nil, let hint = forCutoffOfAll(about: name) { return hint }
    guard let (time, version) = earliest(of: name, among: group.possible) else { return nil }
    let shown = RequirementsVocabulary.shown(name)
    let isOwn = failed.request.projectCutoffs[name] != nil
    var proposal = HintProposal(
      .moveCutoff, name, changing: { $0.projectCutoffs.updateValue(time, forKey: name) },
      combination: .together,
      "`--exclude-newer-package \(shown)=\(UploadTime(after: time))`\(isOwn ? " instead of the one given" : "") admits "
        + "`\(shown)==\(RequirementsVocabulary.shown(version))`")
    proposal.extended = {
      cutoffOfAll(time, about: name, admitting: "all that you ask for, and what it needs")
    }
    return proposal
  }

  private func cutoffOfAll(_ time: Int64, about name: PackageName, admitting what: String) -> HintProposal {
    HintProposal(
      .moveCutoff, name, changing: { $0.cutoff = time }, combination: .instead,
      "`\(study.setting.cutoffOption) \(UploadTime(after: time))` is the earliest cutoff that admits \(what)")
  }

  /// Where the cutoff leaves nothing of all that the user asks for, it is the cutoff that is wrong: the earliest that
  /// leaves something of each.
  private func forCutoffOfAll(about name: PackageName) -> HintProposal? {
    let names = namesUnderCutoff
    guard names.contains(name) else { return nil }
    let admission = study.admission()
    var latest: Int64?
    for name in names {
      guard let releases = failed.releases[name] else { continue }
      let all = VersionRanges.all(count: releases.versionCount)
      let asked = study.ownLines(on: name).reduce(all) { $0.intersection($1.allowed) }
      guard admission.admitted(of: name, among: all, in: releases).isEmpty,
        let (time, _) = earliest(of: name, among: asked)
      else { return nil }
      latest = max(latest ?? time, time)
    }
    guard let latest else { return nil }
    let what =
      names.count == 1 ? "a release of `\(RequirementsVocabulary.shown(name))`" : "all that you ask for"
    return cutoffOfAll(latest, about: name, admitting: what)
  }

  /// The earliest moment of an upload that, as the cutoff, would admit one of some releases, and the release.
  private func earliest(of name: PackageName, among versions: VersionRanges) -> (Int64, Version)? {
    guard let releases = failed.releases[name],
      let (time, place) = study.admission({ $0.projectCutoffs.updateValue(.max, forKey: name) })
        .earliest(of: name, among: versions, in: releases)
    else { return nil }
    return (time, releases.version(at: place))
  }
}
