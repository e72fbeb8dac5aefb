package import PythonPackaging
import RequirementsFiles

/// Who asks for a pin.
package enum PinAsker: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// What people write: a file, as the annotation names it (`-r requirements.in`), or a project (`app (pyproject.toml)`).
  case input(String)
  /// Another pinned package.
  case package(PackageName)

  /// As an annotation `# via` names it.
  package var description: String {
    switch self {
    case .input(let text): text
    case .package(let name): name.normalized
    }
  }

  /// As the annotation of a lockfile has it.
  init(_ origin: RequirementOrigin) {
    if case .package(let text) = origin,
      let name = try? PackageName(String(text.prefix { $0 != "[" && $0 != " " }))
    {
      self = .package(name)
    } else {
      self = .input(PrintableText.excerpt(origin.description, limit: 300))
    }
  }

  /// What people write first, then packages; each by its text.
  package static func < (left: PinAsker, right: PinAsker) -> Bool {
    switch (left, right) {
    case (.input(let left), .input(let right)):
      left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    case (.package(let left), .package(let right)): left < right
    case (.input, .package): true
    case (.package, .input): false
    }
  }
}

/// A package that another one asks for: its name, and its version where the file has several.
struct PinDependency: Sendable, Hashable {
  let name: PackageName
  var version: Version?
}

extension FileReading {
  /// Tells each pin who asks for it, where the file's packages say what they ask for.
  mutating func setAskers() {
    var askers: [PinDependency: Set<PinAsker>] = [:]
    for (place, asked) in dependencies where place < file.pins.count {
      let pin = file.pins[place]
      guard let name = pin.name else { continue }
      let isProject = if case .project = pin.source { true } else { false }
      let asker = isProject ? PinAsker.input("\(name) (pyproject.toml)") : .package(name)
      for dependency in asked where dependency.name != name {
        askers[dependency, default: []].insert(asker)
      }
    }
    if askers.isEmpty { return }
    for index in file.pins.indices {
      guard let name = file.pins[index].name else { continue }
      var own = askers[PinDependency(name: name)] ?? []
      if let version = file.pins[index].version {
        own.formUnion(askers[PinDependency(name: name, version: version)] ?? [])
      }
      if !own.isEmpty { file.pins[index].askers = own.union(file.pins[index].askers).sorted() }
    }
  }
}
