import LockfileFormats
import PythonPackaging
import RequirementsFiles

/// The lockfiles that an update is about, each with what makes it, in the order in which they are made.
struct UpdatePlan {
  /// One of them.
  struct Lockfile {
    var layer: LayeredCompile.Layer
    /// Its path as the user named it, or as it follows from its source.
    let path: String
    /// What it pins to a version.
    let pins: [PackageName: Version]
    /// What it pins to a URL, or in place.
    let direct: Set<PackageName>
  }

  let lockfiles: [Lockfile]
  /// Whether nothing is to be written.
  let isDryRun: Bool
  /// Lockfiles of `[[compile]]` that aren't meant.
  let others: [LayeredCompile.Layer]

  /// Those of them that are made of ones that are meant.
  var dependents: [LayeredCompile.Layer] {
    let meant = Set(lockfiles.map(\.layer.path))
    return others.filter { !$0.reads.isDisjoint(with: meant) }
  }

  /// - Parameter words: paths of lockfiles, or patterns; none: those that configuration or the directory has.
  init(named words: [String], origin: LockfileOrigin) throws {
    let context = origin.context
    var compilations: [PlannedCompile] = []
    for path in try Self.paths(named: words, origin.plan, context) {
      compilations.append(try origin.compilation(of: path))
    }
    isDryRun = compilations.contains { $0.command.dryRun }
    let ordered = try LayeredCompile(compilations: compilations, context: context).ordered()
    var lockfiles: [Lockfile] = []
    for layer in ordered {
      var layer = layer
      layer.command.upgrade = false
      layer.command.upgradePackage = []
      layer.command.dryRun = false
      layer.command.check = false
      let run = CompileRun(command: layer.command, context: context)
      let inputs = try CompileInputs(layer.command, context: context)
      guard let existing = try run.existingLockfile(inputs) else {
        throw CommandFailure.usage(
          "there is no lockfile `\(layer.output)`", hint: "`repin compile` makes it")
      }
      try Self.check(existing.bytes, of: layer.output, context)
      var pins: [PackageName: Version] = [:]
      var direct: Set<PackageName> = []
      for pin in existing.contents.pins {
        guard let name = pin.name else { continue }
        if let version = pin.version { pins[name] = version } else { direct.insert(name) }
      }
      lockfiles.append(Lockfile(layer: layer, path: inputs.output, pins: pins, direct: direct))
    }
    self.lockfiles = lockfiles
    let meant = Set(lockfiles.map(\.layer.path))
    let all =
      origin.plan.isList
      ? try LayeredCompile(compilations: origin.plan.compilations, context: context).ordered() : []
    others = all.filter { !meant.contains($0.path) }
  }

  /// Refuses a lockfile of which a part can't be read: what it pins there would be passed over.
  private static func check(
    _ bytes: [UInt8], of lockfile: String, _ context: CommandContext
  ) throws(CommandFailure) {
    let file = PinnedFileReader().read(bytes, path: lockfile)
    for fault in file.faults where fault.severity == .error {
      throw .usage(fault.description, hint: fault.remedy)
    }
    for fault in file.faults { context.terminal.warn(fault.description) }
  }

  /// The lockfiles that are meant.
  private static func paths(
    named words: [String], _ plan: CompileInvocation.Plan, _ context: CommandContext
  ) throws(CommandFailure) -> [String] {
    let discovery = LockDiscovery(context: context)
    if !words.isEmpty {
      var seen: Set<String> = []
      return try discovery.files(named: words).filter { path in
        // One lockfile may be named in several ways: `x.txt`, `./x.txt`, a link to it.
        let file = context.normalized(path)
        return seen.insert(Files.resolved(file) ?? file).inserted
      }
    }
    var paths: [String] = []
    for compile in plan.commands {
      guard let inputs = try? CompileInputs(compile, context: context) else { continue }
      if plan.isList || Files.status(of: context.absolute(inputs.output)) != nil {
        paths.append(inputs.output)
      }
    }
    if paths.isEmpty { paths = discovery.lockfilesHere() }
    guard !paths.isEmpty else {
      throw .usage(
        "no lockfile: there is none in \(context.workingDirectory)",
        hint: "name one, `repin update app/requirements.txt`, or compile one first")
    }
    return paths
  }

  /// Refuses lockfiles that are marked as read-only.
  func refuseReadOnly(_ context: CommandContext) throws(CommandFailure) {
    for lockfile in lockfiles {
      try CompileRun(command: lockfile.layer.command, context: context).refuseReadOnly()
    }
  }

  /// Refuses packages that no lockfile pins to a version.
  func check(_ packages: [Requirement]) throws(CommandFailure) {
    let names = Set(lockfiles.flatMap(\.pins.keys))
    let shown = lockfiles.map { "`\($0.layer.output)`" }.joined(separator: ", ")
    for package in packages where !names.contains(package.name) {
      if let lockfile = lockfiles.first(where: { $0.direct.contains(package.name) }) {
        throw .usage(
          "`\(lockfile.layer.output)` pins `\(package.name)` to a URL or a path, and an update is about releases of an index",
          hint: "change its line in the sources, and `repin compile`")
      }
      let near = NearNames.of(package.name.normalized, among: names.map(\.normalized))
      let meant = near.map { "`\($0)`" }.joined(separator: " or ")
      throw .usage(
        "\(shown) \(lockfiles.count == 1 ? "doesn't" : "don't") pin `\(package.name)`",
        hint: near.isEmpty
          ? "name a package that is pinned; `repin why \(package.name)` tells more" : "did you mean \(meant)?"
      )
    }
  }
}
