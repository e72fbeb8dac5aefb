import FoundationEssentials
import PythonPackaging
import Resolution

/// A question and the index that it is put to, which can be changed as a hint says.
struct HintedQuestion {
  var request: ResolutionRequest
  var index: ServedIndex
  var isWithoutIndex = false
  /// Projects of the lockfile.
  var knownNames: [PackageName] = []

  /// What the resolver reports; nil if it finds an answer. The requirements are the lines of `app.in`, and so on.
  func report() async throws -> FailureReport? {
    let resolver = Resolver(index: index)
    do {
      _ = try await resolver.resolve(request)
      return nil
    } catch .unsatisfiable(let failed) {
      func places(_ lines: [Requirement], _ file: String) -> [RequirementPlace] {
        lines.indices.map { RequirementPlace(file: file, line: $0 + 1) }
      }
      var setting = FailureSetting(
        requirementPlaces: places(request.requirements, "app.in"),
        constraintPlaces: places(request.constraints, "limits.txt"),
        overridePlaces: places(request.overrides, "overrides.txt"))
      setting.knownNames = knownNames
      setting.isWithoutIndex = isWithoutIndex
      if index.isBuildRuledOut { setting.builds.addOnlyBinary(":all:") }
      return FailureReport(await resolver.study(failed, in: setting))
    }
  }

  /// The same with a hint followed to the letter; nil if it leaves a choice.
  func following(_ hint: FailureHint) throws -> HintedQuestion? {
    var changed: HintedQuestion? = self
    for (place, clause) in hint.text.split(separator: ", and ").map(String.init).enumerated() {
      // The first clause is of the hint's kind, the others tell theirs.
      let kind: FailureHint.Kind =
        if place == 0 {
          hint.kind
        } else if clause.hasPrefix("`--prerelease") {
          .admitPreReleases
        } else if clause.hasPrefix("`--exclude-newer") {
          .moveCutoff
        } else {
          clause.contains("--python-version") ? .otherPython : .change
        }
      changed = try changed?.following(clause, of: kind)
    }
    return changed
  }

  private func following(_ text: String, of kind: FailureHint.Kind) throws -> HintedQuestion? {
    var changed = self
    switch kind {
    case .goOnline:
      changed.index.uncached = []
      changed.index.uncachedFiles = []
      changed.index.partlyCached = []
    case .admitPreReleases:
      guard text.contains("`--prerelease if-necessary`") else { return nil }
      changed.request.preReleases = .ifNecessary
    case .moveCutoff where text.hasPrefix("leave out `--exclude-newer`"): changed.request.cutoff = nil
    case .moveCutoff:
      guard let option = Self.between("`--exclude-newer", "`", in: text) else { return nil }
      if option.hasPrefix("-package ") {
        let parts = option.dropFirst(9).split(separator: "=").map(String.init)
        changed.request.projectCutoffs.updateValue(
          parts[1] == "false" ? nil : try Self.moment(parts[1]), forKey: try PackageName(parts[0]))
      } else {
        changed.request.cutoff = try Self.moment(String(option.dropFirst()))
      }
    case .admitDistributions:
      changed.request.formats = FormatControl()
      changed.index.isBuildRuledOut = false
    case .changeHash: changed.request.hashes = [:]
    case .nameYanked:
      guard let line = Self.between("write `", "`", in: text) else { return nil }
      changed.request.requirements.append(try Requirement(line))
    case .otherPython:
      guard let python = Self.between("`--python-version ", "`", in: text) else { return nil }
      let systems = ["win32": "windows", "darwin": "macos"]
      changed.request.environment = try TargetEnvironment(
        pythonVersion: python, platformName: systems[request.environment.markers.sysPlatform] ?? "linux")
    case .otherPlatform:
      guard let platform = Self.between("`--python-platform ", "`", in: text) else { return nil }
      let python = request.environment.python.release.prefix(2).map(String.init).joined(separator: ".")
      changed.request.environment = try TargetEnvironment(pythonVersion: python, platformName: platform)
    case .settleOverrides:
      guard let line = Self.places(in: text).last?.line else { return nil }
      changed.request.overrides.remove(at: line - 1)
    case .raise, .lower, .change:
      // Without its bounds, a line admits what the hint speaks of, and all else.
      for (file, line) in Self.places(in: text) {
        switch file {
        case "app.in": changed.request.requirements[line - 1].specifiers = SpecifierSet()
        case "limits.txt": changed.request.constraints[line - 1].specifiers = SpecifierSet()
        default: changed.request.overrides[line - 1].specifiers = SpecifierSet()
        }
      }
    case .otherName, .otherIndex, .askForURL: return nil
    }
    return changed
  }

  /// The last millisecond that `--exclude-newer` admits.
  private static func moment(_ text: String) throws -> Int64 {
    Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1000 - 1
  }

  private static func between(_ start: String, _ end: String, in text: String) -> String? {
    guard let from = text.firstRange(of: start)?.upperBound, let to = text[from...].firstRange(of: end)
    else { return nil }
    return String(text[from..<to.lowerBound])
  }

  /// The lines that a hint names: `app.in:1`.
  private static func places(in text: String) -> [(file: String, line: Int)] {
    text.split { " (),".contains($0) }.compactMap { word in
      let parts = word.split(separator: ":").map(String.init)
      guard parts.count >= 2, ["app.in", "limits.txt", "overrides.txt"].contains(parts[0]),
        let line = Int(parts[1])
      else { return nil }
      return (parts[0], line)
    }
  }
}
