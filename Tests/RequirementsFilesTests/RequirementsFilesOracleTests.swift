import FoundationEssentials
import PythonPackaging
import Testing

@testable import RequirementsFiles

/// What pip 26.3 makes of 760 small requirements files (`scripts/oracle.d/requirements_files.py`).
@Suite struct RequirementsFilesOracleTests {
  @Test func readsAsPip() throws {
    let oracle = try Oracle()
    #expect(oracle.rows.count > 700)
    for row in oracle.rows {
      let ours = row.outcome(in: oracle)
      if let reason = Deviation.of(row) {
        #expect(ours != row.expected, "row \(row.id) no longer deviates: \(reason)")
      } else {
        let (ours, theirs) = (ours.json, row.expected.json)
        #expect(ours == theirs, "row \(row.id): \(row.files ?? [:]) \(row.bytes ?? [:])")
      }
    }
  }

  /// Every rejection says where: a line and a column within the file.
  @Test func rejectionsHaveAPlace() throws {
    let oracle = try Oracle()
    var count = 0
    for row in oracle.rows {
      guard case .failure(let error) = row.read(in: oracle) else { continue }
      count += 1
      #expect(error.location.line >= 1 && error.location.column >= 1, "row \(row.id): \(error)")
      #expect(!error.found.isEmpty && !error.expected.isEmpty, "row \(row.id)")
      #expect(!error.description.contains("\n"), "row \(row.id)")
    }
    #expect(count > 200)
  }
}

/// Where repin differs from pip on purpose.
enum Deviation {
  /// The texts of `r.in` with the reason.
  private static let reasons: [(text: String, reason: String)] = [
    ("flask_\n", "PEP 508: a name ends in a letter or a digit; pip lets the underscore pass"),
    ("\\\nflask\n", "the line and column are where the requirement stands, not where its line begins"),
    (
      "\\\n\\\n\\\nflask\n", "the line and column are where the requirement stands, not where its line begins"
    ),
    (
      "# coding: cp1252\nflask\n", "encodings other than UTF-8, UTF-16, UTF-32, Latin-1 and ASCII are refused"
    ),
    ("-e .\n", "a directory that is no project is refused at once; pip finds out when it builds"),
    ("-e ./empty\n", "a directory that is no project is refused at once; pip finds out when it builds"),
    ("flask # \0\n", "a NUL byte is refused even in a comment: the file isn't text"),
  ]

  static func of(_ row: Oracle.Row) -> String? {
    let text = row.files?["r.in"] ?? row.bytes?["r.in"] ?? ""
    if let known = reasons.first(where: { $0.text == text }) { return known.reason }
    let isBracketed = ["[a]", "[a,b]"].contains { extras in
      [" ", "\n", "\r"].contains { text.contains("x @ https://h.example/x-1.zip\(extras)\($0)") }
    }
    return isBracketed && row.expected != nil
      ? "pip takes brackets at a URL's end for extras and keeps them in the URL as well" : nil
  }
}

struct Oracle {
  struct Head: Decodable {
    var tree: [String]
    var environment: [String: String]
  }

  struct Requirement: Codable, Hashable {
    var name: String?
    var specifier: String?
    var url: String?
    var marker: String?
    var extras: [String]?
    var constraint: Bool?
    var editable: Bool?
    var hashes: [String]?
    var line: Int
  }

  struct Outcome: Codable, Hashable {
    var requirements: [Requirement]?
    var indexes: [String]?
    var links: [String]?
    var noIndex: Bool?
    var hosts: [String]?
    var noBinary: [String]?
    var onlyBinary: [String]?
    var allReleases: [String]?
    var onlyFinal: [String]?
    var preferBinary: Bool?
    var requireHashes: Bool?
    var noRequireHashes: Bool?
    var features: [String]?
  }

  struct Row: Decodable {
    var id: Int
    var files: [String: String]?
    var bytes: [String: String]?
    var rejected: String?
    /// nil for a rejected file
    var expected: Outcome?

    enum CodingKeys: CodingKey {
      case id
      case files
      case bytes
      case rejected
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      id = try container.decode(Int.self, forKey: .id)
      files = try container.decodeIfPresent([String: String].self, forKey: .files)
      bytes = try container.decodeIfPresent([String: String].self, forKey: .bytes)
      rejected = try container.decodeIfPresent(String.self, forKey: .rejected)
      expected = rejected == nil ? try Outcome(from: decoder) : nil
    }
  }

  let head: Head
  let rows: [Row]

  init() throws {
    let lines = try Fixture.bytes("oracle/requirements-files.jsonl").split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    head = try decoder.decode(Head.self, from: Data(lines[0]))
    rows = try lines.dropFirst().map { try decoder.decode(Row.self, from: Data($0)) }
  }
}

extension Oracle.Outcome? {
  /// For comparing in one line; `rejected` for nil.
  var json: String {
    guard let self else { return "rejected" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "not encodable"
  }
}

extension Oracle.Row {
  func read(in oracle: Oracle) -> Result<RequirementsInput, RequirementsFileError> {
    var files: [String: [UInt8]] = [:]
    for path in oracle.head.tree { files[path] = [] }
    for (path, text) in self.files ?? [:] { files[path] = Array(text.utf8) }
    for (path, text) in bytes ?? [:] { files[path] = text.unicodeScalars.map { UInt8($0.value) } }
    let project = Project(files, environment: oracle.head.environment)
    var options = IndexOptions()
    options.indexURL = OptionValue("https://index.example/simple/")
    do throws(RequirementsFileError) {
      return .success(try project.reader().read(["r.in"], options: options))
    } catch {
      return .failure(error)
    }
  }

  func outcome(in oracle: Oracle) -> Oracle.Outcome? {
    guard case .success(let input) = read(in: oracle) else { return nil }
    let options = input.options
    let some = { (list: [String]) in list.isEmpty ? nil : list }
    let indexes = options.indexURLs.compactMap(\.self)
    return Oracle.Outcome(
      requirements: input.entries.isEmpty ? nil : input.entries.map(Oracle.Requirement.init),
      indexes: indexes == ["https://index.example/simple/"] ? nil : indexes,
      links: some(options.findLinks.map(\.value)), noIndex: options.noIndex ? true : nil,
      hosts: some(options.trustedHosts), noBinary: some(options.formatControl.noBinary.sorted()),
      onlyBinary: some(options.formatControl.onlyBinary.sorted()),
      allReleases: some(options.releaseControl.allReleases.sorted()),
      onlyFinal: some(options.releaseControl.onlyFinal.sorted()),
      preferBinary: options.preferBinary ? true : nil,
      requireHashes: options.requireHashes ? true : nil,
      noRequireHashes: options.noRequireHashes ? true : nil,
      features: some(options.features))
  }
}

extension Oracle.Requirement {
  init(_ input: InputRequirement) {
    var specifier = ""
    if case .named(let requirement) = input.kind { specifier = requirement.specifiers.description }
    // pip makes a wheel's URL `name==version`
    if !input.isEditable, !input.text.contains(" @ "), let url = input.url, let split = SplitURL(url),
      let wheel = try? WheelFilename(split.filename)
    {
      specifier = "==\(wheel.version)"
    }
    self.init(
      name: input.name?.normalized, specifier: specifier.isEmpty ? nil : specifier, url: input.url,
      marker: input.marker?.description, extras: input.extras.isEmpty ? nil : input.extras.map(\.normalized),
      constraint: input.isConstraint ? true : nil, editable: input.isEditable ? true : nil,
      hashes: input.hashes.isEmpty ? nil : input.hashes.sorted(), line: input.location.line)
  }
}
