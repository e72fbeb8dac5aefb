import PythonPackaging
import Testing

struct SpecifierSetTests {
  struct Failure: CustomTestStringConvertible {
    let text: String
    let offset: Int
    let reason: SpecifierError.Reason
    let phrase: String
    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Failure(
      text: ">=1.0, x", offset: 7, reason: .expectedOperator(found: "x"),
      phrase: "expected one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, found `x`"),
    Failure(
      text: ">=1.0 <2", offset: 6, reason: .expectedComma(found: "<"),
      phrase: "expected a comma or the end, found `<`"),
    Failure(
      text: "==1.0, >=", offset: 9, reason: .invalidVersion(.expectedDigit(found: nil)),
      phrase: "expected a digit, found the end"),
    Failure(
      text: ">=1.0.*", offset: 5, reason: .wildcardNotAllowed(.greaterOrEqual),
      phrase: "`.*` is not allowed after `>=`"),
    Failure(
      text: "== 1.0rc1.*", offset: 9, reason: .wildcardAfterSuffix,
      phrase: "`.*` is only allowed after a version of numbers and dots"),
    Failure(
      text: "<1.0+cpu", offset: 1, reason: .localNotAllowed(.less),
      phrase: "a local version is not allowed after `<`"),
    Failure(
      text: "~= 1", offset: 3, reason: .compatibleNeedsTwoSegments,
      phrase: "`~=` needs a version of at least two numbers, such as `~=1.0`"),
    Failure(
      text: String(repeating: ",", count: 65_537), offset: 65_536, reason: .tooLong(limit: 65_536),
      phrase: "the specifiers are longer than 65536 bytes"),
  ])
  func saysWhatIsWrongAndWhere(_ failure: Failure) throws {
    let error = try #require(throws: SpecifierError.self) { try SpecifierSet(failure.text) }
    #expect(error == SpecifierError(offset: failure.offset, reason: failure.reason))
    #expect(error.description == failure.phrase)
  }

  struct Repair: CustomTestStringConvertible {
    let text: String
    let specifiers: [String]
    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Repair(text: ">=1.0.*", specifiers: [">=1.0"]),
    Repair(text: ">=1.*", specifiers: [">=1"]),
    Repair(text: ">=2.7,!=3.0.*,!=3.1.*,<3.4.*", specifiers: [">=2.7", "!=3.0.*", "!=3.1.*", "<3.4"]),
    Repair(text: "<=3.4.*", specifiers: ["<=3.4"]),
    Repair(text: "~=3.6.*", specifiers: ["~=3.6"]),
    Repair(text: ">=2.7,!=3.0.*,!=3.1.*,", specifiers: [">=2.7", "!=3.0.*", "!=3.1.*"]),
    Repair(text: ">=3.6 <4", specifiers: [">=3.6", "<4"]),
    Repair(text: ">=7.2.0<8.0.0", specifiers: [">=7.2.0", "<8.0.0"]),
    Repair(text: "!=~5.0,>=4.12", specifiers: ["!=5.0.*", ">=4.12"]),
    Repair(text: "!=~5,>=4.12", specifiers: ["!=5.*", ">=4.12"]),
    Repair(text: ">=2.7,!=3.0*,!=3.1*", specifiers: [">=2.7", "!=3.0.*", "!=3.1.*"]),
    Repair(text: "==1.*.*", specifiers: ["==1.*"]),
    Repair(text: ">= '2.7'", specifiers: [">=2.7"]),
    Repair(text: ">=\"3.6\"", specifiers: [">=3.6"]),
    Repair(text: "'>=3.6'", specifiers: [">=3.6"]),
    Repair(text: ">=2.7, !=3.1.*', !=3.2.*'", specifiers: [">=2.7", "!=3.1.*", "!=3.2.*"]),
    Repair(text: ">=1.3.0,<1.4.0',", specifiers: [">=1.3.0", "<1.4.0"]),
    Repair(text: "(>=3.6,<4)", specifiers: [">=3.6", "<4"]),
    Repair(text: "(>=3.6),(<4)", specifiers: [">=3.6", "<4"]),
    Repair(text: ">dev", specifiers: [">0.0.0.dev0"]),
    Repair(text: ">=9.0.0a1.0", specifiers: [">=9.0.0a1"]),
    Repair(text: ">=9a1.0.0,<10", specifiers: [">=9a1", "<10"]),
    Repair(text: "> = 3.6", specifiers: [">=3.6"]),
    Repair(text: "=>3.6", specifiers: [">=3.6"]),
    Repair(text: "=<3.6", specifiers: ["<=3.6"]),
    Repair(text: "=3.6", specifiers: ["==3.6"]),
    Repair(text: "<>3.6", specifiers: ["!=3.6"]),
    Repair(text: "~=2", specifiers: [">=2"]),
    Repair(text: "*", specifiers: []),
    Repair(text: ">=*", specifiers: []),
    Repair(text: "==*,<4", specifiers: ["<4"]),
    Repair(text: "3.6", specifiers: ["==3.6.*"]),
    Repair(text: "(1.0)", specifiers: ["==1.0.*"]),
    Repair(text: "3.*", specifiers: ["==3.*"]),
    Repair(text: "1.0rc1", specifiers: ["==1.0rc1"]),
    Repair(text: "'==='1.0-x'", specifiers: ["===1.0-x"]),
    Repair(text: ">=v1.0 , , <v2.*", specifiers: [">=v1.0", "<v2"]),
    Repair(text: "", specifiers: []),
    Repair(text: " ( ) ' , ", specifiers: []),
  ])
  func repairs(_ repair: Repair) throws {
    #expect(try SpecifierSet(lenient: repair.text).specifiers.map(\.description) == repair.specifiers)
  }

  struct Refusal: CustomTestStringConvertible {
    let text: String
    let error: SpecifierError
    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Refusal(text: "lolwat", error: SpecifierError(offset: 0, reason: .expectedOperator(found: "l"))),
    Refusal(text: "^1.0", error: SpecifierError(offset: 0, reason: .expectedOperator(found: "^"))),
    Refusal(text: ">==1.0", error: SpecifierError(offset: 0, reason: .expectedOperator(found: ">"))),
    Refusal(text: ">=1 or >=2", error: SpecifierError(offset: 4, reason: .expectedOperator(found: "o"))),
    Refusal(text: ">=2.7 3.0", error: SpecifierError(offset: 6, reason: .expectedOperator(found: "3"))),
    Refusal(text: "3.0 3.1", error: SpecifierError(offset: 4, reason: .expectedComma(found: "3"))),
    Refusal(
      text: "!=*", error: SpecifierError(offset: 2, reason: .invalidVersion(.expectedDigit(found: "*")))),
    Refusal(text: "==1.0rc1.*", error: SpecifierError(offset: 2, reason: .wildcardAfterSuffix)),
    Refusal(text: ">=1.0+cpu", error: SpecifierError(offset: 2, reason: .localNotAllowed(.greaterOrEqual))),
    Refusal(
      text: ">=3.6;", error: SpecifierError(offset: 5, reason: .expectedOperator(found: ";"))),
    Refusal(
      text: ">=1.9999999999999999999",
      error: SpecifierError(offset: 4, reason: .invalidVersion(.numberTooLarge))),
    Refusal(
      text: String(repeating: " ", count: 70_000),
      error: SpecifierError(offset: 65_536, reason: .tooLong(limit: 65_536))),
  ])
  func refusesWhatHasNoKnownMeaning(_ refusal: Refusal) {
    #expect(throws: refusal.error) { try SpecifierSet(lenient: refusal.text) }
  }

  @Test func keepsTheOrderWritten() throws {
    let set = try SpecifierSet(">=1.0,!=1.5,<2,<2.0")
    #expect(set.specifiers.map(\.description) == [">=1.0", "!=1.5", "<2", "<2.0"])
    #expect(set.description == "!=1.5,<2,>=1.0")
    #expect(!set.isEmpty)
    #expect(SpecifierSet().isEmpty)
    #expect(SpecifierSet().versions == .all)
  }

  @Test func aSpecifierKnowsItsParts() throws {
    let specifier = try Specifier(" == V1.0.* ")
    #expect(specifier.operator == .equal)
    #expect(specifier.versionText == "V1.0.*")
    #expect(try specifier.version == Version("1.0"))
    #expect(specifier.isWildcard)
    #expect(try Specifier("===what ever".dropLast(5).description).version == nil)
    #expect(throws: SpecifierError(offset: 3, reason: .expectedComma(found: ","))) { try Specifier("==1,") }
    #expect(try Specifier(equalTo: Version("1.0+CPU")).description == "==1.0+cpu")
  }

  /// A long list costs no more than its length: 12,000 exclusions, each its own hole.
  @Test func manyExclusionsMakeOneSet() throws {
    let text = (1...12_000).map { "!=\($0)" }.joined(separator: ",").prefix(65_000).split(separator: ",")
      .dropLast().joined(separator: ",")
    let set = try SpecifierSet(text).versions
    #expect(!set.contains(try Version("7.0")))
    #expect(set.contains(try Version("7.1")))
    #expect(set.complement.ranges(in: try (0...20).map { try Version("\($0)") }) == [1..<21])
  }

  /// No text traps, and what is read returns from its own description.
  @Test func readsAnyTextOrRefusesIt() throws {
    let tokens = [
      "=", "==", ">", "<", "!", "~", "===", ">=", ",", " ", ".", "*", ".*", "-", "_", "+", "0", "1", "01",
      "2.0", "1!",
      "a", "rc", "dev", "post", "r", "cpu", "(", ")", "'", ";", "\u{0}", "é", "\u{3000}",
      "9223372036854775805",
      "9999999999999999999999", "v",
    ]
    var random = SplitMix64(seed: 3)
    var readCount = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        tokens.randomElement(using: &random) ?? ""
      }
      .joined()
      if let version = try? Version(text) {
        readCount += 1
        #expect(try Version(version.description) == version, "\(text)")
      }
      let strict = try? SpecifierSet(text)
      let lenient = try? SpecifierSet(lenient: text)
      if let strict { #expect(lenient?.specifiers == strict.specifiers, "\(text)") }
      guard let lenient else { continue }
      readCount += 1
      let again = try? SpecifierSet(lenient.description)
      #expect(again?.description == lenient.description, "\(text)")
      #expect(again?.versions == lenient.versions, "\(text)")
      #expect(lenient.versions.complement.isDisjoint(with: lenient.versions), "\(text)")
      #expect(!lenient.versions.description.isEmpty)
    }
    #expect(readCount > 1_000)
  }
}
