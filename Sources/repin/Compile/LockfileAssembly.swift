import PythonPackaging
import RequirementsFiles
import Resolution

/// Makes the lockfile of a resolved graph.
struct LockfileAssembly {
  let graph: ResolvedGraph
  let request: CompileRequest
  /// Whether each pin carries the hashes of its release's files.
  let hasHashes: Bool
  /// The index a project was found on, for messages.
  let indexURL: (PackageName) -> String?

  /// The packages that are held back unless asked for: pinning them breaks the tool that installs the rest.
  private let unsafePackages: Set<String>

  /// The packages held back where the user names none.
  static let usualUnsafePackages = ["setuptools", "pip", "distribute"]

  /// - Parameter unsafePackages: names that the user gives instead of the usual ones; none: the usual ones.
  init(
    graph: ResolvedGraph, request: CompileRequest, hasHashes: Bool, unsafePackages: [String],
    indexURL: @escaping (PackageName) -> String?
  ) {
    self.graph = graph
    self.request = request
    self.hasHashes = hasHashes
    self.indexURL = indexURL
    let names = unsafePackages.isEmpty ? Self.usualUnsafePackages : unsafePackages
    self.unsafePackages = Set(names.compactMap { try? PackageName($0).normalized })
  }

  /// The pins, apart from those held back.
  func pins() throws(CommandFailure) -> (safe: [LockedPin], unsafe: [LockedPin]) {
    var safe: [LockedPin] = []
    var unsafe: [LockedPin] = []
    for pin in graph.pins {
      let isUnsafe = unsafePackages.contains(pin.name.normalized)
      let locked = try locked(pin)
      if isUnsafe { unsafe.append(locked) } else { safe.append(locked) }
    }
    return (safe, unsafe)
  }

  private func locked(_ pin: ResolvedPin) throws(CommandFailure) -> LockedPin {
    let requirements = pin.requirements.map { request.requirements[$0] }
    let lines = requirements + pin.constraints.compactMap { request.constraints[$0] }
    let isArbitrary = lines.contains { line in
      guard case .named(let requirement) = line.kind else { return false }
      return requirement.specifiers.specifiers.contains { $0.operator == .arbitrary }
    }
    let version = pin.version.description
    var origins: Set<RequirementOrigin> = Set(lines.map(\.origin))
    origins.formUnion(pin.parents.map { .package($0.normalized) })
    return LockedPin(
      name: pin.name, extras: pin.extras,
      source: isArbitrary ? .arbitraryVersion(version) : .version(version),
      marker: lines.compactMap(\.marker).last?.removingExtraTerms()?.description,
      hashes: hasHashes ? try hashes(of: pin) : [],
      origins: origins.sorted { $0.description < $1.description })
  }

  private func hashes(of pin: ResolvedPin) throws(CommandFailure) -> [String] {
    var hashes: Set<String> = []
    for distribution in pin.distributions {
      guard let sha256 = distribution.sha256 else {
        throw .missingHash(
          pin: "\(pin.name)==\(pin.version)", file: PrintableText.escaped(distribution.filename, limit: 300),
          index: indexURL(pin.name))
      }
      hashes.insert("sha256:\(sha256)")
    }
    return hashes.sorted()
  }
}
