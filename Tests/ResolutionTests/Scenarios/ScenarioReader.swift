import PythonPackaging

/// Reads the text of a `.scenarios` file (`Fixtures/scenarios/README.md` has the grammar).
///
/// Strict: a scenario that can't be read in full isn't run, and each thing wrong with a file is told with its line.
struct ScenarioReader {
  /// The words that a line of the question or the answer may begin with.
  static let keys: Set<String> = [
    "asks", "constraints", "keeps", "pre-releases", "exclude-newer", "only-binary", "no-binary", "no-build",
    "python", "platform", "resolution", "overrides", "no-deps", "exclude-newer-package", "order", "pins",
    "refused", "notices", "tries", "differs",
  ]

  /// What is wrong with a line.
  struct Problem: Error {
    let line: Int
    let what: String
  }

  /// What a scenario's lines say, as far as they were read.
  struct Draft {
    /// A line's value, and where it stands.
    struct Field {
      let line: Int
      let value: String

      /// The parts between ` | `, or between blanks.
      var parts: [String] { value.split(separator: " | ").map(String.init) }
      var words: [String] { value.split(separator: " ").map(String.init) }
    }

    let rule: String
    let line: Int
    var index: [ServedIndex.Served] = []
    var fields: [String: Field] = [:]
    var isBroken = false
  }

  private let file: String
  private(set) var scenarios: [Scenario] = []
  private(set) var problems: [String] = []
  private var draft: Draft?

  /// Reads a file.
  ///
  /// - Parameter file: Its name, for places.
  init(file: String, text: String) {
    self.file = file
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.hasPrefix("#") {
      do throws(Problem) {
        try read(line, number: place + 1)
      } catch {
        report(error)
      }
    }
    close()
  }

  private mutating func report(_ problem: Problem) {
    problems.append("\(file):\(problem.line): \(problem.what)")
    draft?.isBroken = true
  }

  private mutating func read(_ line: Substring, number: Int) throws(Problem) {
    if line.hasPrefix("= ") {
      close()
      draft = Draft(rule: String(line.dropFirst(2)), line: number)
      return
    }
    guard var open = draft else { throw Problem(line: number, what: "no scenario has begun") }
    defer { draft = open }
    if line.last == " " { throw Problem(line: number, what: "a blank at the end") }
    let head = line.prefix { $0 != " " }
    guard head.last == ":" else {
      let line = try ReleaseLine(line, number: number)
      if !line.isNameless { open.index.append(line.release) }
      return
    }
    let key = String(head.dropLast())
    guard Self.keys.contains(key) else { throw Problem(line: number, what: "unknown word `\(key)`") }
    let value = String(line.dropFirst(head.count + 1))
    if value.isEmpty { throw Problem(line: number, what: "`\(key)` says nothing") }
    let old = open.fields.updateValue(Draft.Field(line: number, value: value), forKey: key)
    if old != nil { throw Problem(line: number, what: "`\(key)` twice") }
  }

  private mutating func close() {
    defer { draft = nil }
    guard let draft, !draft.isBroken else { return }
    do throws(Problem) {
      scenarios.append(try Scenario(draft, file: file))
    } catch {
      report(error)
    }
  }
}
