/// A line and a column of a file, both from 1; the column in Unicode scalars.
struct FilePlace: Sendable, Hashable {
  var line: Int
  var column: Int = 1

  static let start = FilePlace(line: 1)
}
