import FoundationEssentials
import PythonPackaging
import Testing

@testable import RequirementsFiles

/// The text pip-tools 7.6.2 writes (`scripts/oracle.d/lockfile_text.py`), byte for byte.
@Suite struct LockfileTextOracleTests {
  @Test(arguments: try TextCase.all()) func writesAsPipTools(_ row: TextCase) throws {
    let expected = try Fixture.bytes("oracle/lockfile-text/\(row.name).txt")
    let ours = try row.lockfile().bytes(newline: row.newline == "\r\n" ? .crlf : .lf)
    #expect(String(decoding: ours, as: UTF8.self) == String(decoding: expected, as: UTF8.self))
    #expect(ours == expected)
  }

  /// What is written, read back, gives the same pins.
  @Test(arguments: try TextCase.all()) func readsBackWhatItWrites(_ row: TextCase) throws {
    let lockfile = try row.lockfile()
    let contents = LockfileContents(lockfile.bytes(newline: row.newline == "\r\n" ? .crlf : .lf))
    let written = lockfile.pins + (lockfile.allowsUnsafe ? lockfile.unsafePins : [])
    let expected = written.map { row.afterWriting($0) }
    let sorted = { (pins: [LockedPin]) in pins.sorted { "\($0)" < "\($1)" } }
    #expect(sorted(contents.pins) == sorted(expected))
    #expect(contents.otherLines.isEmpty)
    #expect(contents.newline == (row.newline == "\r\n" ? .crlf : .lf))
    #expect(contents.command == lockfile.header?.command)
    #expect(contents.generator == (lockfile.header == nil ? nil : .repin))
    #expect(contents.headerPython == (lockfile.header == nil ? nil : "3.11"))
    #expect(
      contents.unsafeNames.sorted()
        == (lockfile.allowsUnsafe ? [] : lockfile.unsafePins.map(\.sortKey).sorted()))
    for entry in contents.entries where entry.pin.name?.normalized == "pip" { #expect(entry.isUnsafe) }
  }

  @Test func coversTheRules() throws {
    #expect(try TextCase.all().count >= 60)
    #expect(try CommandCase.all().count >= 60)
  }

  @Test(arguments: try CommandCase.all()) func normalizesTheCommand(_ row: CommandCase) {
    #expect(row.commandLine.description == row.command)
  }
}

struct TextCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Pin: Decodable, Sendable {
    var name: String
    var version: String?
    var arbitrary: String?
    var url: String?
    var editable: String?
    var extras: [String]?
    var marker: String?
    var hashes: [String]?
    var origins: [String]?

    func pin() throws -> LockedPin {
      let source: LockedPin.Source =
        if let url {
          .url(url)
        } else if let editable {
          .editable(editable)
        } else if let arbitrary {
          .arbitraryVersion(arbitrary)
        } else {
          .version(version ?? "")
        }
      return LockedPin(
        name: try PackageName(name), extras: try (extras ?? []).map { try ExtraName($0) }.sorted(),
        source: source,
        marker: marker, hashes: hashes ?? [], origins: (origins ?? []).map(RequirementOrigin.init))
    }
  }

  struct Options: Decodable, Sendable {
    var indexes: [String]?
    var links: [String]?
    var hosts: [String]?
    var noBinary: [String]?
    var onlyBinary: [String]?
  }

  var name: String
  var pins: [Pin]
  var unsafe: [Pin]?
  var header: Bool?
  var args: [String]?
  var custom: String?
  var options: Options?
  var allowUnsafe: Bool?
  var annotate: Bool?
  var style: String?
  var stripExtras: Bool?
  var newline: String?
  var emitIndexURL: Bool?
  var emitFindLinks: Bool?
  var emitTrustedHost: Bool?
  var emitOptions: Bool?

  var testDescription: String { name }

  static func all() throws -> [TextCase] {
    try Fixture.bytes("oracle/lockfile-text/cases.jsonl").split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(TextCase.self, from: Data($0)) }
  }

  func lockfile() throws -> Lockfile {
    var indexOptions = IndexOptions()
    indexOptions.noIndex = options?.indexes == nil
    indexOptions.indexURL = options?.indexes?.first.map { OptionValue($0) }
    indexOptions.extraIndexURLs = (options?.indexes?.dropFirst() ?? []).map { OptionValue($0) }
    indexOptions.findLinks = (options?.links ?? []).map { OptionValue($0) }
    indexOptions.trustedHosts = options?.hosts ?? []
    // `:all:` empties what was said before it
    let selections =
      (options?.noBinary ?? []).map { ($0, true) } + (options?.onlyBinary ?? []).map { ($0, false) }
    for (value, isNoBinary) in selections.sorted(by: { $0.0 == ":all:" && $1.0 != ":all:" }) {
      if isNoBinary {
        indexOptions.formatControl.addNoBinary(value)
      } else {
        indexOptions.formatControl.addOnlyBinary(value)
      }
    }
    var emitted = emitOptions == false ? [] : Lockfile.EmittedOptions.all
    if emitIndexURL == false { emitted.remove(.indexURLs) }
    if emitFindLinks == false { emitted.remove(.findLinks) }
    if emitTrustedHost == false { emitted.remove(.trustedHosts) }
    let command = custom ?? CommandCase(arguments: args ?? [], command: "").commandLine.description
    return Lockfile(
      header: header == true ? LockfileHeader(pythonMajor: 3, pythonMinor: 11, command: command) : nil,
      options: indexOptions, emittedOptions: emitted, defaultIndexURL: "https://index.example/simple",
      pins: try pins.map { try $0.pin() }, unsafePins: try (unsafe ?? []).map { try $0.pin() },
      allowsUnsafe: allowUnsafe ?? false,
      annotations: annotate == false ? .none : style == "line" ? .line : .split,
      stripsExtras: stripExtras ?? false)
  }

  /// A pin as far as the text tells it: sorted, without what options leave out.
  func afterWriting(_ pin: LockedPin) -> LockedPin {
    let isStripped = stripExtras == true
    let strip = { (text: String) in isStripped ? PinText.strippingExtras(text) : text }
    var pin = pin
    pin.hashes.sort()
    let origins = annotate == false ? [] : pin.origins.map { strip($0.description) }
    pin.origins = origins.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map(RequirementOrigin.init)
    if isStripped { pin.extras = [] }
    switch pin.source {
    case .url:
      let written = strip(PinText.requirement(pin))
      pin.source = .url(written.split(separator: " @ ").last.map(String.init) ?? "")
    case .editable(let text):
      pin.source = .editable(strip(text))
      // the text of an editable tells its name in `#egg=` alone
      if !text.contains("#egg=") { pin.name = nil }
    default: break
    }
    return pin
  }
}

struct CommandCase: Decodable, Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var command: String

  var testDescription: String { arguments.joined(separator: " ") }

  static func all() throws -> [CommandCase] {
    try Fixture.bytes("oracle/lockfile-text/command-lines.jsonl").split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(CommandCase.self, from: Data($0)) }
  }

  /// The options that take a value, as a caller's argument parser knows them.
  private static let valued = [
    "-o", "--output-file", "-P", "--annotation-style", "--newline", "-i", "--extra-index-url", "-f",
    "--trusted-host",
    "--cert", "--client-cert", "--extra", "--unsafe-package", "-c", "--constraint", "--pip-args",
    "--max-rounds",
    "--resolver", "--config", "--uploaded-prior-to", "--cache-dir",
  ]

  var commandLine: CompileCommandLine {
    var options: [CompileCommandLine.Option] = []
    var sources: [String] = []
    var rest = arguments[...]
    var areOptionsOver = false
    while let word = rest.popFirst() {
      if areOptionsOver || word == "-" || !word.hasPrefix("-") {
        sources.append(word)
      } else if word == "--" {
        areOptionsOver = true
      } else if Self.valued.contains(word) {
        options.append(.init(word, rest.popFirst()))
      } else {
        options.append(.init(word))
      }
    }
    return CompileCommandLine(program: "repin compile", options: options, sources: sources)
  }
}
