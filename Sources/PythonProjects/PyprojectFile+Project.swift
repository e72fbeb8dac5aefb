import PythonPackaging
import TOMLReading

extension PyprojectFile {
  /// The `[project]` table (PEP 621); nil if there is none.
  ///
  /// Fields that pinning doesn't need are not looked at. A version is not asked for, though PEP 621 does: an
  /// application has often none.
  package var project: Project? {
    get throws(ProjectFileError) {
      guard let table = try ProjectTable("project", of: root, file: file) else { return nil }
      let dynamic = Set(try table.strings("dynamic", "field names")?.map(\.text) ?? [])
      let (name, writtenName) = try projectName(table)
      let dependencies = try ProjectRequirement.all(
        table.strings("dependencies", "requirements") ?? [], file: file)
      let extras = try extras(table)
      return Project(
        name: name, writtenName: writtenName.text, place: writtenName.item.place, version: try version(table),
        requiresPython: try requiresPython(table),
        dynamic: dynamic.union(
          fieldsOfPoetry(table, hasDependencies: !dependencies.isEmpty || !extras.isEmpty)),
        dependencies: dependencies, optionalDependencies: extras)
    }
  }

  private func projectName(
    _ table: ProjectTable
  ) throws(ProjectFileError) -> (PackageName, ProjectTable.Text) {
    if let field = try table.strings("dynamic", "field names")?.first(where: { $0.text == "name" }) {
      throw field.error(.dynamicName, file: file, expected: "a field that may be dynamic")
    }
    guard let name = try table.string("name") else {
      throw table.missing("name", expected: "the project's name")
    }
    do {
      return (try PackageName(name.text), name)
    } catch {
      throw name.error(.invalidName, file: file, expected: "a name (\(error))")
    }
  }

  private func version(_ table: ProjectTable) throws(ProjectFileError) -> Version? {
    guard let version = try table.string("version") else { return nil }
    do {
      return try Version(version.text)
    } catch {
      throw version.error(.invalidVersion, file: file, expected: "a version (\(error))")
    }
  }

  private func requiresPython(_ table: ProjectTable) throws(ProjectFileError) -> SpecifierSet? {
    guard let versions = try table.string("requires-python") else { return nil }
    do {
      let specifiers = try SpecifierSet(versions.text)
      return specifiers.isEmpty ? nil : specifiers
    } catch {
      let (found, expected) = error.phrases(subject: versions.token(atOffset: error.offset))
      throw versions.error(
        .invalidPythonVersions, file: file, atOffset: error.offset, found: found, expected: expected)
    }
  }

  private func extras(_ table: ProjectTable) throws(ProjectFileError) -> [Project.Extra] {
    guard let table = try table.subtable("optional-dependencies") else { return [] }
    var extras: [Project.Extra] = []
    var known: [ExtraName: String] = [:]
    for entry in table.table.entries {
      let name = try GroupName(entry, file: file)
      if let other = known.updateValue(entry.key, forKey: name.name) {
        throw name.duplicate(of: other, noun: "extra")
      }
      let texts = try table.strings(entry.item, "requirements")
      extras.append(
        Project.Extra(
          name: name.name, writtenName: entry.key, place: entry.place,
          requirements: try ProjectRequirement.all(texts, file: file)))
    }
    return extras
  }

  /// The fields of `[project]` that Poetry takes from `[tool.poetry]` though they aren't listed as dynamic
  /// (poetry-core 2): the dependencies where `[project]` has none at all, the Python versions where it has none.
  private func fieldsOfPoetry(_ table: ProjectTable, hasDependencies: Bool) -> [String] {
    guard let poetry = tool("poetry"), case .table(let dependencies)? = poetry["dependencies"] else {
      return []
    }
    var fields: [String] = []
    if !hasDependencies { fields += ["dependencies", "optional-dependencies"] }
    if table.table["requires-python"] == nil, dependencies["python"] != nil {
      fields.append("requires-python")
    }
    return fields
  }
}
