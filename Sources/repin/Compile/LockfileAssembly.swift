import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// Makes the lockfile of a resolved graph.
struct LockfileAssembly {
  let graph: ResolvedGraph
  let request: CompileRequest
  let direct: DirectSources
  /// The hashes of each project's release; none: the lockfile has no hashes.
  let hashes: [PackageName: [String]]

  /// The packages that are held back unless asked for: pinning them breaks the tool that installs the rest.
  private let unsafePackages: Set<String>

  /// The packages held back where the user names none.
  static let usualUnsafePackages = ["setuptools", "pip", "distribute"]

  /// - Parameter unsafePackages: names that the user gives instead of the usual ones; none: the usual ones.
  init(
    graph: ResolvedGraph, request: CompileRequest, direct: DirectSources, hashes: [PackageName: [String]],
    unsafePackages: [String]
  ) {
    self.graph = graph
    self.request = request
    self.direct = direct
    self.hashes = hashes
    let names = unsafePackages.isEmpty ? Self.usualUnsafePackages : unsafePackages
    self.unsafePackages = Set(names.compactMap { try? PackageName($0).normalized })
  }

  /// The pins, apart from those held back.
  func pins() -> (safe: [LockedPin], unsafe: [LockedPin]) {
    var safe: [LockedPin] = []
    var unsafe: [LockedPin] = []
    for pin in graph.pins {
      let locked = locked(pin)
      if isUnsafe(pin.name) { unsafe.append(locked) } else { safe.append(locked) }
    }
    return (safe, unsafe)
  }

  /// Whether a package is held back unless asked for.
  func isUnsafe(_ name: PackageName) -> Bool { unsafePackages.contains(name.normalized) }

  private func locked(_ pin: ResolvedPin) -> LockedPin {
    let requirements = pin.requirements.map { request.requirements[$0] }
    let lines = requirements + pin.constraints.compactMap { request.constraints[$0] }
    var origins: Set<RequirementOrigin> = Set(lines.map(\.origin))
    origins.formUnion(pin.overrides.map { request.overrides[$0].origin })
    origins.formUnion(pin.parents.map { .package($0.normalized) })
    return LockedPin(
      name: pin.name, extras: pin.extras,
      source: source(of: pin, lines: lines),
      marker: lines.compactMap(\.marker).last?.removingExtraTerms()?.description,
      hashes: hashes[pin.name] ?? [],
      origins: origins.sorted { $0.description < $1.description })
  }

  /// What a pin is fixed to; an editable wins over its non-editable twin.
  private func source(of pin: ResolvedPin, lines: [InputRequirement]) -> LockedPin.Source {
    if let source = direct.sources[pin.name] {
      if let editable = lines.first(where: \.isEditable) {
        return .editable(source.release.lockedEditable(writtenAs: editable.text))
      }
      return .url(source.lockedURL)
    }
    let version = pin.version.description
    let isArbitrary = lines.contains { line in
      guard case .named(let requirement) = line.kind else { return false }
      return requirement.specifiers.specifiers.contains {
        $0.operator == .arbitrary && $0.versionText == version
      }
    }
    return isArbitrary ? .arbitraryVersion(version) : .version(version)
  }
}
