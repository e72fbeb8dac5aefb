import PythonPackaging

/// The words of `repin update`: lockfiles, and packages with perhaps a specifier.
struct UpdateWords: Sendable, Hashable {
  private(set) var lockfiles: [String] = []
  /// In the order written.
  private(set) var packages: [Requirement] = []

  /// What a lockfile's name ends in, whether it is there or not.
  private static let endings = [".txt", ".toml", ".lock"]

  /// - Parameter isFile: whether a word is the path of a file.
  init(_ words: [String], isFile: (String) -> Bool) throws(CommandFailure) {
    for word in words {
      if isFile(word) || Self.endings.contains(where: word.hasSuffix) {
        lockfiles.append(word)
        continue
      }
      let package = try Self.package(word)
      if let other = packages.first(where: { $0.name == package.name }) {
        throw .usage(
          "`\(other)` and `\(package)` are the same package",
          hint: "give it once, with all its bounds: `'\(package.name)>=2,<3'`")
      }
      packages.append(package)
    }
  }

  private static func package(_ word: String) throws(CommandFailure) -> Requirement {
    let shown = PrintableText.escaped(word, limit: 300)
    let hint =
      "write a package, perhaps with a specifier (`flask`, `'urllib3>=2'`), or the path of a lockfile"
    let requirement: Requirement
    do throws(RequirementError) {
      requirement = try Requirement(word)
    } catch {
      throw .usage("`\(shown)`: \(error.description)", hint: hint)
    }
    guard requirement.url == nil, requirement.marker == nil, requirement.extras.isEmpty else {
      let found = requirement.url != nil ? "a URL" : requirement.marker != nil ? "a marker" : "extras"
      throw .usage("`\(shown)`: found \(found), expected a name and perhaps a specifier", hint: hint)
    }
    return requirement
  }
}
