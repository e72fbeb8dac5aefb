/// A metric of a version of the Common Vulnerability Scoring System, with the values that it can have.
struct CVSSMetric: Sendable {
  let name: String
  let values: [String]
  let isRequired: Bool

  /// - Parameter values: Separated by spaces.
  init(_ name: String, _ values: String, isRequired: Bool = false) {
    self.name = name
    self.values = values.split(separator: " ").map(String.init)
    self.isRequired = isRequired
  }
}

/// The metrics of a vector, as indices of their values.
///
///     metrics = pair ("/" pair)*
///     pair    = name ":" value
///
/// In any order, each at most once.
struct CVSSMetrics: Sendable {
  /// By the place of the metric in its version's list; nil where the vector doesn't have it.
  let values: [Int?]

  /// - Parameters:
  ///   - text: The vector without the name of its version.
  ///   - start: Where that begins, for the places of errors.
  init(_ text: Substring, at start: Int, of metrics: [CVSSMetric]) throws(CVSSError) {
    var values = [Int?](repeating: nil, count: metrics.count)
    var offset = start
    for pair in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
        throw CVSSError(offset: offset, reason: .noPair(String(decoding: pair, as: UTF8.self)))
      }
      let (name, value) = (pair[..<colon], pair[pair.index(after: colon)...])
      guard let index = metrics.firstIndex(where: { $0.name.utf8.elementsEqual(name) }) else {
        throw CVSSError(offset: offset, reason: .metric(String(decoding: name, as: UTF8.self)))
      }
      let metric = metrics[index]
      guard values[index] == nil else { throw CVSSError(offset: offset, reason: .repeated(metric.name)) }
      guard let found = metric.values.firstIndex(where: { $0.utf8.elementsEqual(value) }) else {
        let text = String(decoding: value, as: UTF8.self)
        throw CVSSError(offset: offset + name.count + 1, reason: .value(text, metric: metric.name))
      }
      values[index] = found
      offset += pair.count + 1
    }
    for (index, metric) in metrics.enumerated() where metric.isRequired && values[index] == nil {
      throw CVSSError(offset: start + text.utf8.count, reason: .missing(metric.name))
    }
    self.values = values
  }

  /// The index of a required metric's value.
  subscript(_ index: Int) -> Int { values[index] ?? 0 }
}
