import ArgumentParser

/// How an answer is written to standard output.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// For programs, by a documented schema.
  case json
  /// The language of Graphviz, where there is something to draw.
  case dot
}
