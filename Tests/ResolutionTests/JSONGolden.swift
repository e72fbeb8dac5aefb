import Testing

/// A report as JSON, by the description of its case; the order of members and white space don't count.
struct JSONGolden: CustomTestStringConvertible {
  let testDescription: String
  let json: String

  static let all = requirements + reasons + steps
}
