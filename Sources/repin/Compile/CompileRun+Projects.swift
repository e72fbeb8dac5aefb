import PackageIndex
import PythonPackaging
import PythonProjects
import RequirementsFiles
import TOMLReading

extension CompileRun {
  /// Adds to the input what projects ask for: their requirements, extras, dependency groups, build requirements.
  func readProjects(
    _ inputs: CompileInputs, into input: inout RequirementsInput, target: Target, with client: IndexClient
  ) async throws(CommandFailure) {
    var projects: [ProjectSource] = []
    for source in inputs.projects {
      let project = try await project(source, with: client)
      projects.append(project)
      try await input.entries += buildEntries(of: project, source: source, with: client)
    }
    if !command.onlyBuildDeps {
      let chosen = try chosenExtras(of: projects)
      for project in projects {
        let extras = command.allExtras ? Set(project.extras) : chosen
        input.entries += project.entries(extras: extras, environment: target.environment)
      }
    }
    for group in command.group { input.entries += try entries(ofGroup: group) }
  }

  // MARK: Requirements

  /// What a project asks for: what its `pyproject.toml` states, else what a build of it tells.
  private func project(_ source: String, with client: IndexClient) async throws(CommandFailure)
    -> ProjectSource
  {
    if source.hasSuffix("pyproject.toml") {
      let file = try pyproject(source)
      if let project = try projectTable(file), project.hasStaticDependencies {
        return ProjectSource(project, source: source)
      }
    } else if Files.status(of: context.absolute(source)) == nil {
      throw .usage("no source `\(source)`: there is no such file")
    }
    do throws(IndexError) {
      let directory = directory(of: source)
      let metadata = try await localBuilds.told(.metadata(of: source)) { () async throws(IndexError) in
        try await client.builtMetadata(
          ofProject: directory, label: source, mayBuild: mayBuild(staticName(source)))
      }
      return ProjectSource(metadata, source: source)
    } catch {
      throw .directSource(place: source, text: "a build of the project", error)
    }
  }

  /// The project's name, if its `pyproject.toml` states it.
  private func staticName(_ source: String) -> PackageName? {
    guard
      let bytes = try? Files.read("\(directory(of: source))/pyproject.toml", limit: Self.longestProjectFile)
    else { return nil }
    return try? PyprojectFile(bytes, file: source).project?.name
  }

  private func projectTable(_ file: PyprojectFile) throws(CommandFailure) -> Project? {
    do throws(ProjectFileError) { return try file.project } catch { throw .project(error) }
  }

  private func pyproject(_ path: String) throws(CommandFailure) -> PyprojectFile {
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes = try Files.read(context.absolute(path), limit: Self.longestProjectFile)
    } catch {
      throw .usage("`\(path)` can't be read: \(error.reason)")
    }
    do throws(ProjectFileError) {
      return try PyprojectFile(bytes, file: path)
    } catch {
      throw .project(error)
    }
  }

  private static let longestProjectFile = 4 << 20

  /// The directory of a file, absolute.
  private func directory(of file: String) -> String {
    let path = context.absolute(file)
    return path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? path
  }

  // MARK: Extras

  /// The extras that `--extra` names; each must be some project's.
  private func chosenExtras(of projects: [ProjectSource]) throws(CommandFailure) -> Set<ExtraName> {
    var chosen: Set<ExtraName> = []
    let known = Set(projects.flatMap(\.extras)).sorted()
    for text in command.extra.flatMap({ $0.split(separator: ",") }) {
      let shown = PrintableText.escaped(String(text), limit: 100)
      guard let extra = try? ExtraName(String(text)), known.contains(extra) else {
        let near = NearNames.of(String(text), among: known.map(\.normalized))
        let names = known.map { "`\($0)`" }.joined(separator: ", ")
        throw .usage(
          "`--extra \(shown)`: no such extra; "
            + (known.isEmpty ? "the project has none" : "the project has \(names)"),
          hint: near.first.map { "did you mean `\($0)`?" }, about: MentionedOption("extra"))
      }
      chosen.insert(extra)
    }
    return chosen
  }

  // MARK: Groups

  /// What a dependency group asks for: `NAME` of the `pyproject.toml` here, or `PATH:NAME` (PEP 735).
  private func entries(ofGroup text: String) throws(CommandFailure) -> [InputRequirement] {
    var path = "pyproject.toml"
    var name = text[...]
    if let colon = text.lastIndex(of: ":") {
      path = String(text[..<colon])
      name = text[text.index(after: colon)...]
      guard path.split(separator: "/").last == "pyproject.toml" else {
        throw .usage(
          "`--group \(PrintableText.escaped(text, limit: 300))`: groups stand in a `pyproject.toml`",
          hint: "write `--group path/pyproject.toml:name`", about: MentionedOption("group", text))
      }
    }
    let file = try pyproject(path)
    let requirements: [ProjectRequirement]
    var project: Project?
    do throws(ProjectFileError) {
      requirements = try file.dependencyGroups.requirements(of: String(name))
      project = try file.project
    } catch {
      guard error.reason == .unknownGroup else { throw .project(error) }
      let near = NearNames.of(String(name), among: error.known)
      throw .usage(error.description, hint: near.first.map { "did you mean `\($0)`?" })
    }
    let shown = "\(RequirementOrigin.shownPath(path)):\(name)"
    let origin: RequirementOrigin =
      project.map { .project(name: $0.writtenName, file: shown) } ?? .requirements(shown)
    return requirements.map { item in
      InputRequirement(
        kind: item.requirement.url == nil ? .named(item.requirement) : .direct(item.requirement),
        origin: origin,
        location: SourceLocation(file: path, line: item.place.line, column: item.place.column),
        text: item.text, writtenURL: item.requirement.url)
    }
  }

  // MARK: Build requirements

  /// What building a project needs, for the targets that are asked for.
  private func buildEntries(
    of project: ProjectSource, source: String, with client: IndexClient
  ) async throws(CommandFailure) -> [InputRequirement] {
    let targets = command.allBuildDeps ? Set(BuildTarget.allCases) : Set(command.buildDepsFor)
    guard !targets.isEmpty else { return [] }
    let needed: BuildRequirements
    do throws(IndexError) {
      needed = try await localBuilds.told(.requirements(of: source, for: targets)) {
        () async throws(IndexError) in
        try await client.buildRequirements(
          ofProject: directory(of: source), label: source, targets: targets, mayBuild: mayBuild(project.name))
      }
    } catch {
      throw .directSource(place: source, text: "a build of the project", error)
    }
    let slash = source.lastIndex(of: "/")
    let file = (slash.map { String(source[...$0]) } ?? "") + "pyproject.toml"
    let shown = RequirementOrigin.shownPath(file)
    var entries: [InputRequirement] = []
    func add(_ texts: [String], as part: String) throws(CommandFailure) {
      for text in texts {
        let requirement: Requirement
        do throws(RequirementError) {
          requirement = try Requirement(text)
        } catch {
          throw .usage(
            "\(file): found `\(PrintableText.escaped(text, limit: 300))`, expected a build requirement (\(error))"
          )
        }
        entries.append(
          InputRequirement(
            kind: requirement.url == nil ? .named(requirement) : .direct(requirement),
            origin: .project(name: project.writtenName, file: "\(shown)::build-system.\(part)"),
            location: SourceLocation(file: file), text: text, writtenURL: requirement.url))
      }
    }
    try add(needed.requires, as: "requires")
    for target in BuildTarget.allCases {
      try add(needed.byTarget[target] ?? [], as: "backend::\(target.rawValue)")
    }
    return entries
  }
}
