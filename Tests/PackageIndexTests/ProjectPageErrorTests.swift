import PythonPackaging
import Testing

@testable import JSONReading
@testable import PackageIndex

@Suite("What is no project page")
struct ProjectPageErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let error: ProjectPageError?
    var testDescription: String { text }

    init(_ text: String, _ error: ProjectPageError?) {
      self.text = text
      self.error = error
    }
  }

  private static func deep(_ levels: Int) -> String {
    "{\"files\":[],\"x\":" + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
      + "}"
  }

  private static let tooDeep = JSONError(offset: 79, found: .byte(0x5B), expected: .depth(limit: 64))

  static let json: [Case] = [
    Case(#"{"files": []}"#, nil),
    Case("", .json(JSONError(offset: 0, found: .end, expected: .object))),
    Case("<html>", .json(JSONError(offset: 0, found: .byte(0x3C), expected: .object))),
    Case("[]", .json(JSONError(offset: 0, found: .byte(0x5B), expected: .object))),
    Case(#"{"files": []} x"#, .json(JSONError(offset: 14, found: .byte(0x78), expected: .end))),
    Case(
      #"{"files": [{"filename": "a-1.zip" "url": 1}]}"#,
      .json(JSONError(offset: 34, found: .byte(0x22), expected: .commaOrObjectEnd))),
    Case("{}", .noFiles), Case(#"{"files": {}}"#, .noFiles), Case(#"{"files": [], "files": null}"#, .noFiles),
    Case(deep(63), nil), Case(deep(64), .json(tooDeep)),
    Case(#"{"meta": {"api-version": "1.0"}, "files": []}"#, nil),
    Case(#"{"meta": {"api-version": "1.999"}, "files": []}"#, nil),
    Case(#"{"meta": {"api-version": "1"}, "files": []}"#, nil),
    Case(#"{"meta": {"api-version": 1.1}, "files": []}"#, nil),
    Case(#"{"meta": {}, "files": []}"#, nil), Case(#"{"meta": null, "files": []}"#, nil),
    Case(#"{"meta": {"api-version": "2.0"}, "files": []}"#, .apiVersion("2.0")),
    Case(#"{"files": [], "meta": {"api-version": "2.0"}}"#, .apiVersion("2.0")),
    Case(#"{"meta": {"api-version": "10.0"}, "pages": []}"#, .apiVersion("10.0")),
    Case(#"{"meta": {"api-version": 2}, "files": []}"#, .apiVersion("2")),
    Case(#"{"meta": {"api-version": "0.9"}, "files": []}"#, .apiVersion("0.9")),
    Case(#"{"meta": {"api-version": ""}, "files": []}"#, .apiVersion("")),
    Case(#"{"meta": {"api-version": "1.x"}, "files": []}"#, .apiVersion("1.x")),
    Case(#"{"meta": {"api-version": "1."}, "files": []}"#, .apiVersion("1.")),
    Case(#"{"meta": {"api-version": "2\u001b[2J"}, "files": []}"#, .apiVersion("2\u{FFFD}[2J")),
    Case(#"{"name": "A.B", "files": []}"#, nil), Case(#"{"name": 5, "files": []}"#, nil),
  ]

  @Test("In JSON", arguments: json)
  func refusesJSON(_ example: Case) {
    #expect(failure { try SamplePage.page(of: "a-b", json: example.text) } == example.error)
  }

  static let html: [Case] = [
    Case("<html></html>", nil), Case("<a>", nil), Case("", .notHTML), Case("{\"files\": []}", .notHTML),
    Case("Not found", .notHTML), Case("<!-- x -->", .notHTML),
    Case("<p><a href='x", .html(HTMLError(offset: 3, unfinished: .tag))),
    Case("<p><!-- x", .html(HTMLError(offset: 3, unfinished: .comment))),
    Case("<meta name='pypi:repository-version' content='1.1'>", nil),
    Case("<meta name='pypi:repository-version'>", nil), Case("<meta name='version' content='2.0'>", nil),
    Case("<meta name='pypi:repository-version' content='2.0'>", .apiVersion("2.0")),
    Case("<meta content='2.0' name='pypi:repository-version'/>", .apiVersion("2.0")),
    Case("<meta name='pypi:repository-version' content='one'>", .apiVersion("one")),
  ]

  @Test("In HTML", arguments: html)
  func refusesHTML(_ example: Case) {
    #expect(failure { try SamplePage.page(of: "a-b", html: example.text) } == example.error)
  }

  @Test("Another project's page, whose name may hold anything")
  func otherProject() throws {
    let expected = try PackageName("a-b")
    for (name, shown) in [("c", "c"), (#"a\u001b\u202eb"#, "a\u{FFFD}\u{FFFD}b"), ("", "")] {
      let error = failure { try SamplePage.page(of: "a-b", json: #"{"name": "\#(name)", "files": []}"#) }
      #expect(error == .otherProject(found: shown, expected: expected))
      #expect(error?.description.unicodeScalars.allSatisfy(PrintableText.isPrintable) == true)
    }
  }

  @Test("A page in JSON that is cut short fails at its end, wherever it is cut")
  func truncatedJSON() throws {
    let bytes = Array(SamplePage.json.utf8)
    let project = try PackageName("a-b")
    for count in 0..<bytes.count {
      let error = failure {
        try ProjectPage(json: Array(bytes[..<count]), pageURL: SamplePage.url, project: project)
      }
      guard case .json(let cut) = error, cut.offset == count, cut.found == .end else {
        Issue.record("cut at \(count): \(String(describing: error))")
        continue
      }
    }
  }

  @Test("A page in HTML that is cut short fails inside a tag, or has the files before the cut")
  func truncatedHTML() throws {
    let bytes = Array(SamplePage.html.utf8)
    let project = try PackageName("a-b")
    let whole = try ProjectPage(html: bytes, pageURL: SamplePage.url, project: project).everyDistribution
    var (refused, fileCounts) = (0, Set<Int>())
    for count in 1..<bytes.count {
      do throws(ProjectPageError) {
        let page = try ProjectPage(html: Array(bytes[..<count]), pageURL: SamplePage.url, project: project)
        let files = page.everyDistribution
        if !files.allSatisfy(whole.contains) { Issue.record("cut at \(count): \(files)") }
        fileCounts.insert(files.count)
      } catch {
        refused += 1
        switch error {
        case .html(let error):
          if error.offset >= count || bytes[error.offset] != UInt8(ascii: "<") {
            Issue.record("cut at \(count)")
          }
        case .notHTML: if count > 40 { Issue.record("cut at \(count)") }
        default: Issue.record("cut at \(count): \(error)")
        }
      }
    }
    #expect(fileCounts == [0, 1, 2, 3, 4])
    #expect(refused > bytes.count / 2)
  }

  @Test("Damaged pages are read or refused, and what is read may be shown")
  func damaged() throws {
    var random = SeededRandom(seed: 3)
    let project = try PackageName("a-b")
    var (read, refused) = (0, 0)
    for round in 0..<3_000 {
      let isJSON = round.isMultiple(of: 2)
      var bytes = Array((isJSON ? SamplePage.json : SamplePage.html).utf8)
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      do throws(ProjectPageError) {
        let page =
          isJSON
          ? try ProjectPage(json: bytes, pageURL: SamplePage.url, project: project)
          : try ProjectPage(html: bytes, pageURL: SamplePage.url, project: project)
        read += 1
        PageCheck.check(page)
        // What was written is what is read again.
        let files = page.everyDistribution.count
        if files != page.fileCount { Issue.record("round \(round): \(files) of \(page.fileCount) files") }
      } catch {
        refused += 1
        if !error.description.unicodeScalars.allSatisfy(PrintableText.isPrintable) {
          Issue.record("round \(round): \(error)")
        }
      }
    }
    #expect(read > 300 && refused > 300)
  }

  private func failure(_ body: () throws -> ProjectPage) -> ProjectPageError? {
    do { _ = try body() } catch { return error as? ProjectPageError }
    return nil
  }
}
