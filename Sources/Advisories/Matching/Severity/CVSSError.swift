import PythonPackaging

/// Why a text is no vector of the Common Vulnerability Scoring System, and where.
package struct CVSSError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Reason: Sendable, Hashable {
    /// The text has more bytes than ``SeverityVector/greatestLength``.
    case tooLong(limit: Int)
    /// The text begins like a vector of no version that is known.
    case version
    /// Here is no `NAME:VALUE`.
    case noPair(String)
    /// The version has no metric of that name.
    case metric(String)
    /// The metric has no such value.
    case value(String, metric: String)
    /// The metric stands here for the second time.
    case repeated(String)
    /// A metric that has to be there isn't.
    case missing(String)
  }

  /// The place, in bytes from the start of the text.
  package let offset: Int
  package let reason: Reason

  /// The reason as a phrase, without the place.
  package var description: String {
    switch reason {
    case .tooLong(let limit): "the vector is longer than \(limit) bytes"
    case .version: "expected a vector of CVSS 2, 3.0, 3.1 or 4.0"
    case .noPair(let found): "expected a metric and its value like `AV:N`, found `\(CVSSError.shown(found))`"
    case .metric(let found): "there is no metric `\(CVSSError.shown(found))`"
    case .value(let found, let metric): "metric `\(metric)` has no value `\(CVSSError.shown(found))`"
    case .repeated(let metric): "metric `\(metric)` stands twice"
    case .missing(let metric): "metric `\(metric)` is missing"
    }
  }

  private static func shown(_ text: String) -> String { PrintableText.excerpt(text, limit: 40) }
}
