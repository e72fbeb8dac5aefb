import FoundationEssentials
import PubGrub
import Resolution
import Testing

/// The report as data.
@Suite struct FailureReportJSONTests {
  /// What of the form a reader of the text relies on.
  private struct Told: Decodable {
    struct Step: Decodable {
      let number: Int?
      let sentence: String
      let beginsPart: Bool
    }
    struct Hint: Decodable {
      let text: String
    }
    let version: Int
    let summary: String
    let steps: [Step]
    let hints: [Hint]
  }

  private func json(_ report: FailureReport) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }

  @Test(arguments: FailureReportTests.cases) func `holds all that the text says`(_ given: FailureCase)
    async throws
  {
    let report = try #require(try await given.report())
    let told = try JSONDecoder().decode(Told.self, from: Data(try json(report).utf8))
    #expect(told.version == 1)
    let lines = told.steps.map {
      Explanation.Line(text: $0.sentence, number: $0.number, beginsPart: $0.beginsPart)
    }
    let proof = Explanation.prose(lines).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
    let text = ([told.summary] + proof + told.hints.map { "hint: \($0.text)" }).joined(separator: "\n")
    #expect(text == given.text)
  }

  @Test(arguments: FailureReportTests.cases) func `refers to what is there`(_ given: FailureCase) async throws
  {
    let report = try #require(try await given.report())
    for (place, step) in report.steps.enumerated() {
      for premise in step.premises {
        #expect(premise.step.map { $0 < place } ?? true)
        #expect(premise.requirement.map(report.requirements.indices.contains) ?? true)
        #expect(premise.unavailable.map(report.unavailable.indices.contains) ?? true)
        #expect([.requirement, .override].contains(premise.kind) == (premise.requirement != nil))
        #expect((premise.kind == .unavailable) == (premise.unavailable != nil))
        #expect((premise.kind == .step) == (premise.step != nil))
      }
    }
    #expect(report.steps.last?.conclusion.isEmpty == true)
  }

  @Test(arguments: JSONGolden.all) func `is the documented form`(_ golden: JSONGolden) async throws {
    let given = try #require(FailureReportTests.cases.first { $0.testDescription == golden.testDescription })
    let report = try #require(try await given.report())
    let json = try json(report)
    let expected = try JSONDecoder().decode(JSONValue.self, from: Data(golden.json.utf8))
    let found = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
    #expect(found == expected, Comment(rawValue: json))
  }
}

/// Any JSON.
private enum JSONValue: Decodable, Equatable {
  case bool(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}
