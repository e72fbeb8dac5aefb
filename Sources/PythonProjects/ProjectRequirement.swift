package import PythonPackaging
package import TOMLReading

/// A requirement that a project's own file has, and where it is written.
package struct ProjectRequirement: Sendable, Hashable {
  /// What is asked for.
  package let requirement: Requirement
  /// The requirement as written.
  package let text: String
  /// Where the string stands.
  package let place: TOMLPlace

  /// A value of the given parts.
  package init(requirement: Requirement, text: String, place: TOMLPlace) {
    self.requirement = requirement
    self.text = text
    self.place = place
  }

  init(_ text: ProjectTable.Text, file: String) throws(ProjectFileError) {
    do {
      requirement = try Requirement(text.text)
    } catch {
      let (found, expected) = error.phrases(subject: text.token(atOffset: error.offset))
      throw text.error(
        .invalidRequirement, file: file, atOffset: error.offset, found: found, expected: expected,
        remedy: Self.remedy(for: text.text))
    }
    self.text = text.text
    place = text.item.place
  }

  static func all(
    _ texts: [ProjectTable.Text], file: String
  ) throws(ProjectFileError) -> [ProjectRequirement] {
    var requirements: [ProjectRequirement] = []
    for text in texts { requirements.append(try ProjectRequirement(text, file: file)) }
    return requirements
  }

  private static func remedy(for text: String) -> String? {
    let operators = ["~=", "==", "!=", "<=", ">=", "<", ">"]
    if text.contains("="), !operators.contains(where: text.contains) { return "write `==` for one version" }
    return nil
  }
}
