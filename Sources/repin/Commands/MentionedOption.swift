/// An option that a failure is about, or one of its values.
struct MentionedOption: Sendable, Hashable {
  /// Without dashes: `output-file`.
  let name: String
  /// The value as it is given; nil: it is about the option whatever its value.
  var value: String?

  init(_ name: String, _ value: String? = nil) {
    self.name = name
    self.value = value
  }
}
