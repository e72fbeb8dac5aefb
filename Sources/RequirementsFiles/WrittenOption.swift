/// One option as written on a line.
struct WrittenOption: Sendable, Hashable {
  var name: OptionName
  /// The value after expansion; empty for a flag.
  var value: String
  /// The value as written in the file, with its variables; what is put out again.
  var written: String
  /// Where the option begins, in bytes of the line.
  var offset: Int
  /// Where the value begins, in bytes of the line.
  var valueOffset: Int
}
