import LockfileFormats
import PackageIndex
import PythonPackaging
import PythonProjects
import RequirementsFiles
import Scheduling

/// Finds out what a project is made of, from its files alone: nothing is run, nobody is asked.
struct ProjectFinder {
  let context: CommandContext

  /// What was found.
  struct Found {
    var survey = Scheduling.ProjectSurvey()
    /// What a person should know of it, a sentence each.
    var notices: [String] = []
    /// Whose pipeline runs the project: `github`, `gitlab`.
    var scheduler: String?
  }

  /// So deep sources and lockfiles are looked for, below the working directory.
  static let greatestDepth = 4
  /// So many lockfiles are written at most.
  static let greatestCount = 500

  /// Looks.
  func look() throws(CommandFailure) -> Found {
    var found = Found()
    found.survey.pipTools = try pipTools()
    found.survey.pythonVersion = PythonInUse(context: context).version
    found.survey.hasDockerfile = exists("Dockerfile") || exists("Containerfile")
    var files: [String] = []
    walk("", depth: 0, into: &files)
    let covered = takeLockfiles(among: files, into: &found)
    takeSources(among: files, beside: covered, into: &found)
    takeProject(beside: covered, into: &found)
    takeOthers(among: files, into: &found)
    if exists(".github") {
      found.scheduler = "github"
    } else if exists(".gitlab-ci.yml") {
      found.scheduler = "gitlab"
    }
    return found
  }

  private func exists(_ path: String) -> Bool { Files.status(of: context.absolute(path)) != nil }

  /// The files that may be sources or lockfiles, by path. Hidden directories, virtual environments and links to directories
  /// aren't entered.
  private func walk(_ directory: String, depth: Int, into files: inout [String]) {
    for name in Files.names(in: context.absolute(directory.isEmpty ? "." : directory)) ?? [] {
      let path = directory.isEmpty ? name : "\(directory)/\(name)"
      guard files.count < Self.greatestCount, !name.hasPrefix("."), name != "node_modules" else { continue }
      if Files.isDirectoryItself(context.absolute(path)) {
        if depth < Self.greatestDepth, !exists("\(path)/pyvenv.cfg") {
          walk(path, depth: depth + 1, into: &files)
        }
      } else if Files.status(of: context.absolute(path))?.isRegular == true,
        name.hasSuffix(".in") || LockDiscovery.isLockfile(name, in: directory)
          || name.hasSuffix(".txt") && exists("\(path.dropLast(4)).in")
      {
        files.append(path)
      }
    }
  }

  // MARK: Lockfiles

  /// Takes the lockfiles whose headers have commands, and tells which sources they are made from, and which files they are.
  private func takeLockfiles(among files: [String], into found: inout Found) -> Set<String> {
    var covered: Set<String> = []
    for path in files where path.hasSuffix(".txt") {
      let shown = PrintableText.escaped(path, limit: 300)
      guard let bytes = bytes(of: path) else { continue }
      let contents = LockfileContents(bytes)
      guard let text = contents.command else { continue }
      do throws(RecordedCommand.Fault) {
        let recorded = try RecordedCommand(text)
        guard let lockfile = lockfile(path, recorded, text) else {
          found.notices.append(
            "`\(shown)`: the command in its header reads or writes other files than there are; it is left out"
          )
          continue
        }
        found.survey.lockfiles.append(lockfile)
        covered.formUnion(lockfile.sources.map(context.normalized))
        covered.insert(context.normalized(path))
      } catch {
        found.notices.append("`\(shown)`: the command in its header can't be read; it is left out")
        covered.insert(context.normalized(path))
      }
    }
    return covered
  }

  /// A lockfile by the command in its header, which was run here or in the lockfile's directory; nil: it doesn't fit.
  private func lockfile(
    _ path: String, _ recorded: RecordedCommand, _ text: String
  ) -> Scheduling.ProjectSurvey.Lockfile? {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    for prefix in directory.isEmpty ? [""] : ["", directory] {
      func moved(_ path: String) -> String {
        path.hasPrefix("/") || path.contains("://") ? path : prefix + path
      }
      let sources = recorded.sources.map(moved)
      let output = recorded.isRedirected ? path : recorded.output.map(moved)
      var compile = CompileCommand.unasked
      compile.sources = sources
      compile.outputFile = output
      let options = OptionValues(recorded.options).mapped { name, value in
        ["constraint", "override"].contains(name) ? moved(value) : value
      }
      guard !sources.isEmpty, sources.allSatisfy({ $0.contains("://") || exists($0) }),
        let inputs = try? CompileInputs(compile, context: context),
        context.normalized(inputs.output) == context.normalized(path)
      else { continue }
      // The header of a lockfile shows its output only where it was said.
      return .init(
        sources: sources, output: output, command: text, settings: options.settings)
    }
    return nil
  }

  // MARK: Sources

  /// Takes requirement files that no lockfile is made from.
  private func takeSources(among files: [String], beside covered: Set<String>, into found: inout Found) {
    for path in files where path.hasSuffix(".in") && !covered.contains(context.normalized(path)) {
      guard isSource(path) else { continue }
      let output = CompileInputs.defaultOutput(of: path)
      if let bytes = bytes(of: output), !isPinned(bytes, output) {
        found.notices.append(
          "`\(PrintableText.escaped(output, limit: 300))` isn't pinned, and compiling `\(PrintableText.escaped(path, limit: 300))` would overwrite it: it is left out"
        )
        continue
      }
      found.survey.lockfiles.append(.init(sources: [path], output: output))
    }
  }

  /// Whether a file by its name and its contents has requirements. `MANIFEST.in` and `config.h.in` are something else.
  private func isSource(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard name != "MANIFEST.in", name.dropLast(3).allSatisfy({ $0 != "." }) else { return false }
    let directory = path.split(separator: "/").dropLast().last
    guard !path.contains("/") || directory == "requirements" || name.hasPrefix("requirements") else {
      return false
    }
    let reader = RequirementsReader(
      workingDirectory: context.workingDirectory, environment: { _ in nil },
      pathKind: { RequirementsLoading.kind(of: $0) },
      load: { path throws(RequirementsReader.LoadFailure) in
        // What it includes may be yet to be compiled, or fetched.
        guard !path.contains("://"), path != "-" else { return [] }
        return bytes(of: path) ?? []
      })
    guard let input = try? reader.read([path]) else { return false }
    return !input.requirements.isEmpty
  }

  /// Takes the project's own file, where nothing else says what is pinned here.
  private func takeProject(beside covered: Set<String>, into found: inout Found) {
    guard let source = ["pyproject.toml", "setup.cfg", "setup.py"].first(where: isProject),
      !covered.contains(context.normalized(source)),
      !found.survey.lockfiles.contains(where: { $0.output?.contains("/") != true })
    else { return }
    let output = "requirements.txt"
    if let bytes = bytes(of: output), !isPinned(bytes, output) {
      found.notices.append(
        "`\(output)` isn't pinned, and compiling `\(source)` would overwrite it: it is left out")
      return
    }
    found.survey.lockfiles.append(.init(sources: [source], output: output))
  }

  private func isProject(_ path: String) -> Bool {
    guard let bytes = bytes(of: path) else { return false }
    guard path == "pyproject.toml" else { return true }
    return (try? PyprojectFile(bytes, file: path).project) != nil
  }

  /// Tells of files that look like sources or lockfiles and are neither.
  private func takeOthers(among files: [String], into found: inout Found) {
    let taken = Set(
      found.survey.lockfiles.flatMap { lockfile in
        lockfile.sources + [lockfile.output ?? CompileInputs.defaultOutput(of: lockfile.sources[0])]
      })
    for path in files where !path.hasSuffix(".in") && !taken.contains(path) {
      let shown = PrintableText.escaped(path, limit: 300)
      guard let bytes = bytes(of: path) else { continue }
      if path.hasSuffix(".txt") {
        let contents = LockfileContents(bytes)
        guard contents.command == nil, !contents.entries.isEmpty || !contents.otherLines.isEmpty,
          !found.notices.contains(where: { $0.contains("`\(shown)`") })
        else { continue }
        let source = "\(PrintableText.escaped(String(path.dropLast(4)), limit: 300)).in"
        found.notices.append(
          "nothing says what `\(shown)` is made from: if people write it, call it `\(source)`, and `repin compile` writes `\(shown)`"
        )
      } else if let format = PinnedFileReader().read(bytes, path: shown).format {
        found.notices.append(
          "`\(shown)` is a lockfile of \(format.maker): `repin check` looks at it, and repin doesn't update it"
        )
      }
    }
  }

  // MARK: Reading

  private func isPinned(_ bytes: [UInt8], _ path: String) -> Bool {
    let contents = LockfileContents(bytes)
    return contents.otherLines.isEmpty
  }

  private func bytes(of path: String) -> [UInt8]? {
    try? Files.readRegular(context.absolute(path), limit: PinnedFileReader.Limits().bytes)
  }

  /// pip-tools' configuration, if there is one.
  private func pipTools() throws(CommandFailure) -> Scheduling.ProjectSurvey.PipTools? {
    // What `--stdout` is asked beside a configuration of repin's isn't pip-tools'.
    let configuration = try CompileConfiguration(config: nil, sources: []) { path throws(CommandFailure) in
      path.hasSuffix("repin.toml") ? nil : try context.configurationBytes(path)
    }
    guard let file = configuration.files.last else { return nil }
    let words = configuration.settings.settings.flatMap(\.words)
    return .init(file: file, settings: OptionValues(words).settings)
  }

  /// Whether a pyproject.toml configures repin.
  static func hasOwnTable(_ bytes: [UInt8], file: String) throws(CommandFailure) -> Bool {
    do throws(ProjectFileError) {
      return try PyprojectFile(bytes, file: file).tool("repin") != nil
    } catch {
      throw .project(error)
    }
  }
}
