import PythonPackaging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A tree's build system whose requirements are requirements and whose backend is where it may be (PEP 517,
/// "In-tree build backends"; PEP 518).
struct CheckedBuildSystem: Sendable {
  /// Lines for a requirements file.
  let requires: [RequirementLine]
  /// As `module:object`.
  let backend: String
  /// Absolute paths below the tree, symbolic links resolved.
  let backendPath: [String]

  /// The most requirements that are taken from a tree or a backend.
  private static let mostRequirements = 1000

  /// - Parameter tree: An absolute path without symbolic links.
  init(_ system: BuildSystem, tree: String, label: String) throws(BuildError) {
    func problem(_ reason: String) -> BuildError { .invalidBuildSystem(label: label, reason: reason) }
    guard let requires = CheckedBuildSystem.lines(system.requires) else {
      throw problem("`requires` of its build system has something that is no requirement")
    }
    guard CheckedBuildSystem.isObjectReference(system.backend) else {
      throw problem("`\(PrintableText.escaped(system.backend, limit: 200))` is no name of a build backend")
    }
    var paths: [String] = []
    for entry in system.backendPath {
      let shown = PrintableText.escaped(entry, limit: 200)
      guard !entry.hasPrefix("/"), !entry.utf8.contains(0),
        let path = CheckedBuildSystem.resolved("\(tree)/\(entry)")
      else { throw problem("`backend-path` names `\(shown)`, which is no directory in it") }
      guard path == tree || path.hasPrefix(tree + "/") else {
        throw problem("`backend-path` leads out of it: `\(shown)`")
      }
      paths.append(path)
    }
    self.requires = requires
    backend = system.backend
    backendPath = paths
  }

  /// Requirements as lines; nil if one is none, or if there are too many.
  static func lines(_ requirements: [String]) -> [RequirementLine]? {
    guard requirements.count <= mostRequirements else { return nil }
    let lines = requirements.compactMap { RequirementLine($0) }
    return lines.count == requirements.count ? lines : nil
  }

  /// The path without symbolic links; nil if nothing is there.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  ///     reference = name ("." name)* (":" name ("." name)*)?
  ///     name      = [A-Za-z_ or not ASCII] [the same or 0-9]*
  private static func isObjectReference(_ text: String) -> Bool {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false)
    return halves.count <= 2
      && halves.allSatisfy { half in
        half.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isName)
      }
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
  }
}
