import PythonPackaging
import TOMLReading

/// The name of an extra or of a dependency group, as a key has it.
struct GroupName {
  /// The name; groups are normalised as extras are (PEP 735, "Specification").
  let name: ExtraName
  private let entry: TOMLTable.Entry
  private let file: String

  init(_ entry: TOMLTable.Entry, file: String) throws(ProjectFileError) {
    self.entry = entry
    self.file = file
    do {
      name = try ExtraName(entry.key)
    } catch {
      throw ProjectFileError(
        file: file, place: entry.place, reason: .invalidName,
        found: "`\(PrintableText.escaped(entry.key, limit: 80))`", expected: "a name (\(error))")
    }
  }

  /// The error that another key has the name already.
  func duplicate(of other: String, noun: String) -> ProjectFileError {
    ProjectFileError(
      file: file, place: entry.place, reason: .duplicateName,
      found: "the \(noun) `\(entry.key)` beside `\(other)`",
      expected: "names that differ when normalised")
  }
}
