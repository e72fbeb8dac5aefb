import PackageIndex
import PythonPackaging
import PythonProjects
import RequirementsFiles
import TOMLReading

/// What a project's own files ask for, whether read or built: its requirements and those of its extras.
struct ProjectSource {
  /// One requirement.
  struct Line {
    let requirement: Requirement
    let text: String
    let location: SourceLocation
    /// The extras under which it counts; nil: always.
    let extra: ExtraName?
  }

  /// The project's name.
  let name: PackageName
  /// The name as the project writes it.
  let writtenName: String
  /// The source as origins show it.
  let file: String
  let lines: [Line]
  /// The extras there are, in the order written.
  let extras: [ExtraName]

  /// From the `[project]` table.
  init(_ project: Project, source: String) {
    name = project.name
    writtenName = project.writtenName
    file = RequirementOrigin.shownPath(source)
    func lines(_ requirements: [ProjectRequirement], _ extra: ExtraName?) -> [Line] {
      requirements.map { item in
        let place = SourceLocation(file: source, line: item.place.line, column: item.place.column)
        return Line(requirement: item.requirement, text: item.text, location: place, extra: extra)
      }
    }
    self.lines =
      lines(project.dependencies, nil)
      + project.optionalDependencies.flatMap { lines($0.requirements, $0.name) }
    extras = project.optionalDependencies.map(\.name)
  }

  /// From the metadata of a build; the extras stand in the markers.
  init(_ metadata: CoreMetadata, source: String) {
    name = metadata.name
    writtenName = metadata.writtenName
    file = RequirementOrigin.shownPath(source)
    let place = SourceLocation(file: source)
    lines = metadata.requiresDist.map {
      Line(requirement: $0, text: $0.description, location: place, extra: nil)
    }
    extras = metadata.providesExtra
  }

  /// The requirements that count with some extras, each as if a requirements file had it.
  ///
  /// What the project asks of itself (`all = ["project[dev]"]`) is what those extras of it ask for.
  func entries(extras chosen: Set<ExtraName>, environment: TargetEnvironment) -> [InputRequirement] {
    let chosen = withOwn(chosen, environment)
    return lines.compactMap { line in
      guard line.requirement.name != name, isCounted(line, chosen, environment) else { return nil }
      var requirement = line.requirement
      requirement.marker = requirement.marker?.removingExtraTerms()
      return InputRequirement(
        kind: requirement.url == nil ? .named(requirement) : .direct(requirement),
        origin: .project(name: writtenName, file: file), location: line.location, text: line.text,
        writtenURL: requirement.url)
    }
  }

  /// Extras with those that they ask for of the project itself.
  private func withOwn(_ chosen: Set<ExtraName>, _ environment: TargetEnvironment) -> Set<ExtraName> {
    var all = chosen
    while true {
      var further = all
      for line in lines where line.requirement.name == name && isCounted(line, all, environment) {
        further.formUnion(line.requirement.extras)
      }
      if further == all { return all }
      all = further
    }
  }

  private func isCounted(
    _ line: Line, _ chosen: Set<ExtraName>, _ environment: TargetEnvironment
  ) -> Bool {
    if let extra = line.extra, !chosen.contains(extra) { return false }
    return line.requirement.applies(in: environment.markers, extras: chosen.sorted())
  }
}
