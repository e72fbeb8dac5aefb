import LockfileFormats
import PythonPackaging
import RequirementsFiles
import Resolution

/// The lockfiles of a set that others may be made of: what is pinned in one isn't changed there, but in what it is made from.
struct LowerLockfiles {
  private let meant: Set<String>
  private let layers: [LayeredCompile.Layer]
  private let context: CommandContext

  init(_ plan: UpdatePlan, context: CommandContext) {
    meant = Set(plan.lockfiles.map(\.layer.path))
    layers = plan.lockfiles.map(\.layer) + plan.others
    self.context = context
  }

  /// The lockfile that has a line, of which another one of the set is made; nil: the line is somebody's own.
  func layer(of line: WrittenRequirement?) -> LayeredCompile.Layer? {
    guard let line else { return nil }
    let path = context.normalized(line.file)
    return layers.first { $0.path == path }
  }

  /// What a person can do about a pin of another lockfile than the one that can't have what it should.
  ///
  /// `base.txt is made from base.in; base.in:1 (client) brings urllib3 in: …`
  func remedy(for name: PackageName, in layer: LayeredCompile.Layer) -> String {
    let sources = layer.command.sources.map { PrintableText.escaped($0, limit: 300) }.joined(separator: ", ")
    let origin =
      line(bringing: name, into: layer).map { "; \($0.shownPlace) (\($0.shownText)) brings \(name) in" } ?? ""
    let made = "\(layer.output) is made from \(sources.isEmpty ? "a project" : sources)\(origin)"
    return meant.contains(layer.path)
      ? made : "\(made): `repin update \(name)` without lockfiles updates the whole set"
  }

  /// The line of a lockfile's sources that a pin comes from.
  private func line(
    bringing name: PackageName, into layer: LayeredCompile.Layer
  ) -> WrittenRequirement? {
    guard let bytes = try? Files.readRegular(layer.path, limit: CompileRun.longestLockfile) else {
      return nil
    }
    let file = PinnedFileReader(keepsOrigins: true).read(bytes, path: layer.output)
    var root = name
    for case .package(let asker) in PinPaths(file).path(to: name).prefix(2) { root = asker }
    let reader = RequirementsReader(localFilesOf: context) { _ in }
    let sources = layer.command.sources.filter { !CompileInputs.isProject($0) && $0 != "-" }
    guard let input = try? reader.read(sources, constraints: []) else { return nil }
    let entry = input.entries.first { entry in
      if case .named(let requirement) = entry.kind { requirement.name == root } else { false }
    }
    return entry.map(CompileRequest.written)
  }
}

extension WrittenRequirement {
  fileprivate var shownText: String { PrintableText.escaped(text, limit: 300) }
}
