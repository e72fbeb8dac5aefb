import PythonPackaging
import Resolution
import Testing

/// A proof over many releases is found in bounded work, and short.
@Suite struct LargeFailureTests {
  struct Shape: CustomTestStringConvertible {
    let testDescription: String
    /// What release `number` of one level needs of the level below.
    let need: @Sendable (Int) -> String
    var levels = 3
    var count = 1000
    let sentences: Int
  }

  static let shapes: [Shape] = [
    Shape(testDescription: "each needs the one below of its own number", need: { "==\($0)" }, sentences: 1),
    Shape(
      testDescription: "each needs the one below of its own number or later", need: { ">=\($0)" },
      sentences: 1),
    Shape(testDescription: "all need the same", need: { _ in ">=1" }, sentences: 1),
  ]

  @Test(arguments: shapes) func `is told in a few sentences`(_ shape: Shape) async throws {
    let names = (0...shape.levels).map { "level\($0)" }
    var index = [serve(names[shape.levels], "0.1")]
    for number in 1...shape.count {
      for level in 0..<shape.levels {
        index.append(
          serve(names[level], "\(number)", requires: ["\(names[level + 1])\(shape.need(number))"]))
      }
      index.append(serve(names[shape.levels], "\(number)"))
    }
    let given = FailureCase(
      testDescription: shape.testDescription, index: index, asks: [names[0], "\(names[shape.levels])<1"])
    let report = try #require(try await given.report())
    #expect(report.steps.count == shape.sentences)
    #expect(report.text(isWhole: true).split(separator: "\n").count <= 12)
    #expect(report.text(isWhole: true).utf8.count < 1000, Comment(rawValue: report.text(isWhole: true)))
  }
}
