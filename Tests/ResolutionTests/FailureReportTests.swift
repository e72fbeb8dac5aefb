import PythonPackaging
import Resolution
import Testing

/// What a person is told where requirements can't be met, to the word.
@Suite struct FailureReportTests {
  static let cases =
    FailureCase.requirements + FailureCase.dependencies + FailureCase.extras + FailureCase.reasons
    + FailureCase.targets + FailureCase.mixtures + FailureCase.texts
    + FailureCase.hintsOfReasons + FailureCase.hintsOfLines

  @Test(arguments: cases) func says(_ given: FailureCase) async throws {
    let report = try await given.report()
    #expect(report?.printed == given.text)
  }

  @Test func `at least forty kinds of failure, each once`() {
    #expect(Self.cases.count >= 40)
    #expect(Set(Self.cases.map(\.testDescription)).count == Self.cases.count)
  }
}
