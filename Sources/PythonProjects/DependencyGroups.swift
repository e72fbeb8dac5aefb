import PythonPackaging
import TOMLReading

/// The dependency groups of a project (PEP 735).
///
/// The names are read at once, a group's items when they are asked for: the other groups may hold what only a later
/// standard knows.
package struct DependencyGroups: Sendable, Hashable {
  private struct Group: Hashable {
    let writtenName: String
    let item: TOMLItem
  }

  /// A group whose items are being read, and how many of them have been.
  private struct Step {
    let group: Int
    let items: [TOMLItem]
    var next = 0
  }

  private let file: String
  private let place: TOMLPlace
  private let groups: [Group]
  private let indices: [ExtraName: Int]

  /// The groups' names as written, in the order written.
  package var names: [String] { groups.map(\.writtenName) }

  init(of root: TOMLTable, file: String) throws(ProjectFileError) {
    let table = try ProjectTable("dependency-groups", of: root, file: file)
    var groups: [Group] = []
    var indices: [ExtraName: Int] = [:]
    for entry in table?.table.entries ?? [] {
      let name = try GroupName(entry, file: file)
      if let other = indices.updateValue(groups.count, forKey: name.name) {
        throw name.duplicate(of: groups[other].writtenName, noun: "group")
      }
      groups.append(Group(writtenName: entry.key, item: entry.item))
    }
    self.file = file
    place = table?.table.place ?? .start
    self.groups = groups
    self.indices = indices
  }

  /// What a group asks for, the groups that it includes read where the include stands.
  ///
  /// A group that is included more than once counts the first time.
  /// - Parameter name: The group's name in any spelling.
  package func requirements(of name: String) throws(ProjectFileError) -> [ProjectRequirement] {
    var requirements: [ProjectRequirement] = []
    var open = [try step(into: name, at: place)]
    // Whether a group that was come by is read to its end; if not it is open.
    var isRead = [open[0].group: false]
    while var step = open.popLast() {
      guard step.next < step.items.count else {
        isRead[step.group] = true
        continue
      }
      let item = step.items[step.next]
      step.next += 1
      open.append(step)
      switch item.value {
      case .string(let text):
        requirements.append(
          try ProjectRequirement(ProjectTable.Text(text: text, item: item), file: file))
      case .table(let table):
        let included = try self.step(into: table, at: item.place)
        switch isRead[included.group] {
        case nil:
          isRead[included.group] = false
          open.append(included)
        case true?: break
        case false?:
          let cycle = open.map(\.group).drop { $0 != included.group }
          throw self.cycle(cycle + [included.group], at: item.place)
        }
      default:
        throw error(
          .invalidGroupItem, at: item.place, found: item.value.noun,
          expected: "a requirement or `{include-group = \"…\"}`")
      }
    }
    return requirements
  }

  /// The group that a table `{include-group = "…"}` names.
  private func step(into table: TOMLTable, at place: TOMLPlace) throws(ProjectFileError) -> Step {
    guard table.keys == ["include-group"], let item = table.item("include-group"),
      case .string(let name) = item.value
    else {
      let shown = table.keys.prefix(3).map { "`\(PrintableText.escaped($0, limit: 40))`" }
      throw error(
        .invalidGroupItem, at: place,
        found: shown.isEmpty ? "an empty table" : "a table of \(shown.joined(separator: ", "))",
        expected: "`{include-group = \"…\"}` with the name of a group")
    }
    return try step(into: name, at: item.place)
  }

  private func step(into name: String, at place: TOMLPlace) throws(ProjectFileError) -> Step {
    guard let group = (try? ExtraName(name)).flatMap({ indices[$0] }) else {
      throw error(
        .unknownGroup, at: place, found: "the unknown group `\(PrintableText.escaped(name, limit: 80))`",
        expected: groups.isEmpty
          ? "a group of `[dependency-groups]`, which has none" : "one of \(shownNames)",
        known: names)
    }
    let item = groups[group].item
    guard case .array(let items) = item.value else {
      throw error(
        .wrongType, at: item.place, found: item.value.noun, expected: "an array of requirements and includes")
    }
    return Step(group: group, items: items)
  }

  private var shownNames: String {
    let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return names.count > 10 ? shown + ", …" : shown
  }

  private func cycle(_ path: [Int], at place: TOMLPlace) -> ProjectFileError {
    var names = path.map { "`\(groups[$0].writtenName)`" }
    if names.count > 10 { names.replaceSubrange(5..<names.count - 4, with: ["…"]) }
    return error(
      .groupCycle, at: place, found: "groups that include each other: \(names.joined(separator: " → "))",
      expected: "includes that end")
  }

  private func error(
    _ reason: ProjectFileError.Reason, at place: TOMLPlace, found: String, expected: String,
    known: [String] = []
  ) -> ProjectFileError {
    ProjectFileError(
      file: file, place: place, reason: reason, found: found, expected: expected, known: known)
  }
}

extension PyprojectFile {
  /// The `[dependency-groups]` table (PEP 735), without a group if there is none.
  package var dependencyGroups: DependencyGroups {
    get throws(ProjectFileError) { try DependencyGroups(of: root, file: file) }
  }
}
