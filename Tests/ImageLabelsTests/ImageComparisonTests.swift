import ImageLabels
import Testing

/// What is made of labels and a moment.
@Suite struct ImageComparisonTests {
  /// 2026-11-30 12:00 UTC.
  static let now: Int64 = 1_796_040_000
  static let day: Int64 = 86_400

  static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

  /// The image that these labels and this moment make, by way of JSON.
  static func image(_ labels: [String: String], created: String? = nil) throws -> InspectedImage {
    let members = labels.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \"\($0.value)\"" }
    let moment = created.map { "\"created\": \"\($0)\", " } ?? ""
    let text = "{\(moment)\"config\": {\"Labels\": {\(members.joined(separator: ", "))}}}"
    return try ImageInspection(Array(text.utf8)).image(named: nil)
  }

  static func question(_ path: String, _ digit: Character) -> ImageComparison.Question {
    ImageComparison.Question(path: path, labelled: LabelledLock(path: path, digest: digest(digit)))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Paths and digits of digests, as the labels have them.
    var labels: [(String, Character)]
    var today: [(String, Character)]
    var origins: [ImageComparison.Origin]
    var others: [String] = []
    var reasons: [ImageComparison.Reason] = []
  }

  static let cases: [Case] = [
    Case(
      testDescription: "today's lock", labels: [("a.txt", "1")], today: [("a.txt", "1")], origins: [.same]),
    Case(
      testDescription: "another", labels: [("a.txt", "1")], today: [("a.txt", "2")],
      origins: [.other(digest: digest("1"))], reasons: [.changed]),
    Case(
      testDescription: "the same bytes by another path", labels: [("app/a.txt", "1")],
      today: [("a.txt", "1")],
      origins: [.same]),
    Case(
      testDescription: "one that the image isn't made of", labels: [("a.txt", "1")],
      today: [("a.txt", "1"), ("dev.txt", "2")], origins: [.same, .absent]),
    Case(
      testDescription: "none that the image is made of", labels: [("a.txt", "1")], today: [("dev.txt", "2")],
      origins: [.absent], others: ["a.txt"], reasons: [.foreign]),
    Case(
      testDescription: "more than is asked about", labels: [("a.txt", "1"), ("b.txt", "2")],
      today: [("b.txt", "2")],
      origins: [.same], others: ["a.txt"]),
    Case(
      testDescription: "two of the same bytes, each by its own path",
      labels: [("a.txt", "1"), ("b.txt", "1")],
      today: [("c.txt", "1"), ("a.txt", "1")], origins: [.same, .same]),
    Case(
      testDescription: "a path comes before bytes", labels: [("a.txt", "1")],
      today: [("c.txt", "1"), ("a.txt", "2")],
      origins: [.absent, .other(digest: digest("1"))], reasons: [.changed]),
    Case(
      testDescription: "no labels", labels: [], today: [("a.txt", "1")], origins: [.absent],
      reasons: [.untold]),
  ]

  @Test(arguments: cases) func `a lockfile is known again by its path, else by its bytes`(_ row: Case) throws
  {
    var labels: [String: String] = [:]
    if !row.labels.isEmpty {
      labels = [
        "repin.lock.path": row.labels.map(\.0).joined(separator: ","),
        "repin.lock.digest": row.labels.map { Self.digest($0.1) }.joined(separator: ","),
      ]
    }
    let comparison = try ImageComparison(
      of: try Self.image(labels), with: row.today.map { Self.question($0.0, $0.1) }, now: Self.now, limit: nil
    )
    #expect(comparison.locks.map(\.origin) == row.origins)
    #expect(comparison.others.map(\.path) == row.others)
    #expect(comparison.reasons == row.reasons)
    #expect(comparison.tellsLocks == !row.labels.isEmpty)
  }

  struct AgeCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var created: String?
    /// The label's.
    var label: String?
    var isLabelled = true
    /// In seconds; nil: unknown.
    var age: Int64?
    var said: String?
  }

  static let ages: [AgeCase] = [
    AgeCase(
      testDescription: "the tool's moment", created: "2026-11-20T12:00:00Z", label: "2026-11-01T12:00:00Z",
      age: 10 * day),
    AgeCase(
      testDescription: "the label's, where the tool has none", label: "2026-11-29T13:00:00+01:00", age: day),
    AgeCase(
      testDescription: "the label's, where the tool's is that of every build",
      created: "0001-01-01T00:00:00Z",
      label: "2026-11-29T12:00:00Z", age: day),
    AgeCase(
      testDescription: "the first second of time", created: "1970-01-01T00:00:00Z",
      said: "1970-01-01T00:00:00Z"),
    AgeCase(
      testDescription: "the year of zip files", created: "1980-01-01T00:00:01Z", said: "1980-01-01T00:00:01Z"),
    AgeCase(testDescription: "another base's label", label: "2026-11-29T12:00:00Z", isLabelled: false),
    AgeCase(testDescription: "a clock that is ahead", created: "2026-12-01T00:00:00Z", age: 0),
    AgeCase(testDescription: "the future", created: "2027-11-30T00:00:00Z", said: "2027-11-30T00:00:00Z"),
    AgeCase(
      testDescription: "the end of time", created: "9999-12-31T23:59:59Z", said: "9999-12-31T23:59:59Z"),
    AgeCase(testDescription: "no moment", created: "yesterday", said: "yesterday"),
    AgeCase(testDescription: "nothing"),
  ]

  @Test(arguments: ages) func `an age is known where the moment can be true`(_ row: AgeCase) throws {
    var labels: [String: String] = [:]
    if row.isLabelled { labels = ["repin.lock.path": "a.txt", "repin.lock.digest": Self.digest("1")] }
    labels["org.opencontainers.image.created"] = row.label
    let image = try Self.image(labels, created: row.created)
    func comparison(limit: Int64?) throws -> ImageComparison {
      try ImageComparison(of: image, with: [Self.question("a.txt", "1")], now: Self.now, limit: limit)
    }
    let found = try comparison(limit: nil)
    #expect(!found.reasons.contains(.tooOld) && !found.hasUnjudgedAge)
    guard let age = row.age else {
      #expect(found.age == .unknown(said: row.said))
      #expect(try comparison(limit: day(30)).hasUnjudgedAge)
      return
    }
    #expect(
      found.age
        == .known(
          createdAt: row.created == "2026-12-01T00:00:00Z" ? Self.now + 43_200 : Self.now - age, seconds: age)
    )
    #expect(try comparison(limit: age).reasons.isEmpty)
    #expect(try comparison(limit: age - 1).reasons == [.tooOld])
  }

  private func day(_ count: Int64) -> Int64 { count * Self.day }

  static let broken: [([String: String], String)] = [
    (
      ["repin.lock.digest": "sha256:12", "repin.lock.path": "a.txt"],
      "label `repin.lock.digest`: found `sha256:12`, expected `sha256:` and 64 hexadecimal digits"
    ),
    (
      ["repin.lock.digest": digest("A"), "repin.lock.path": "a.txt"],
      "label `repin.lock.digest`: found `\(digest("A"))`, expected `sha256:` and 64 hexadecimal digits"
    ),
    (
      ["repin.lock.digest": digest("1"), "repin.lock.path": "a.txt,b.txt"],
      "label `repin.lock.path`: found `a.txt,b.txt`, expected 1 path, as many as `repin.lock.digest` has digests"
    ),
    (
      ["repin.lock.digest": digest("1"), "repin.lock.path": "a b.txt"],
      "label `repin.lock.path`: found `a b.txt`, expected a percent-encoded path"
    ),
    (
      ["repin.lock.digest": digest("1"), "repin.lock.path": "%zz"],
      "label `repin.lock.path`: found `%zz`, expected a percent-encoded path"
    ),
    (
      ["repin.lock.digest": digest("1"), "repin.lock.path": "a%FF"],
      "label `repin.lock.path`: found `a%FF`, expected a percent-encoded path"
    ),
    (
      ["repin.lock.digest": digest("1"), "repin.lock.path": "a%00"],
      "label `repin.lock.path`: found `a%00`, expected a percent-encoded path"
    ),
    (
      ["repin.lock.digest": digest("1")],
      "label `repin.lock.digest`: found `\(digest("1"))` without `repin.lock.path` beside it"
    ),
    (
      [
        "repin.lock.digest": String(repeating: ",", count: 1_000),
        "repin.lock.path": String(repeating: ",", count: 1_000),
      ],
      "label `repin.lock.digest`: found `\(String(repeating: ",", count: 130))…`, expected at most 1000 digests"
    ),
    (["repin.lock.path": "a"], "label `repin.lock.path`: found `a` without `repin.lock.digest` beside it"),
  ]

  @Test(arguments: broken) func `labels that repin didn't write are refused`(
    _ labels: [String: String], _ message: String
  ) throws {
    let image = try Self.image(labels)
    let error = try #require(throws: ImageInspectionError.self) { try image.locks() }
    #expect(error.description == message)
  }
}
