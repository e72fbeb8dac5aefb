import PythonPackaging
import Testing

struct VersionTests {
  struct Failure: CustomTestStringConvertible {
    let text: String
    let offset: Int
    let reason: VersionError.Reason
    let phrase: String
    var testDescription: String { text.debugDescription }
  }

  @Test(arguments: [
    Failure(
      text: "", offset: 0, reason: .expectedDigit(found: nil), phrase: "expected a digit, found the end"),
    Failure(text: " x", offset: 1, reason: .expectedDigit(found: "x"), phrase: "expected a digit, found `x`"),
    Failure(
      text: "1!", offset: 2, reason: .expectedDigit(found: nil), phrase: "expected a digit, found the end"),
    Failure(
      text: "1.0 é", offset: 4, reason: .unexpected(found: "é"),
      phrase: "expected the version to end, found U+00E9"),
    Failure(
      text: "1.0\u{1B}[m", offset: 3, reason: .unexpected(found: "\u{1B}"),
      phrase: "expected the version to end, found U+001B"),
    Failure(
      text: "1.0`", offset: 3, reason: .unexpected(found: "`"),
      phrase: "expected the version to end, found a backtick"),
    Failure(
      text: "1.0+", offset: 4, reason: .expectedLocalSegment(found: nil),
      phrase: "expected a letter or a digit after `+`, found the end"),
    Failure(
      text: "1.0+a.-", offset: 6, reason: .expectedLocalSegment(found: "-"),
      phrase: "expected a letter or a digit after `+`, found `-`"),
    Failure(
      text: "1." + String(repeating: "9", count: 900), offset: 2, reason: .numberTooLarge,
      phrase: "the number is too large"),
    Failure(
      text: String(repeating: " ", count: 1025), offset: 1024, reason: .tooLong(limit: 1024),
      phrase: "the version is longer than 1024 bytes"),
  ])
  func saysWhatIsWrongAndWhere(_ failure: Failure) throws {
    let error = try #require(throws: VersionError.self) { try Version(failure.text) }
    #expect(error == VersionError(offset: failure.offset, reason: failure.reason))
    #expect(error.description == failure.phrase)
  }

  @Test func survivesBytesThatAreNotText() {
    for byte in UInt8.min...UInt8.max {
      let bytes: [UInt8] = [0x31, byte]
      let isRead = (try? Version(utf8: bytes.span)) != nil
      let isAllowed =
        byte < 0x80
        && "0123456789aAbBcCrR \t\n\u{B}\u{C}\r\u{1C}\u{1D}\u{1E}\u{1F}".unicodeScalars
          .contains(Unicode.Scalar(byte))
      #expect(isRead == isAllowed, "1 and byte \(byte)")
    }
  }

  @Test func readsAPartOfAText() throws {
    let text = "flask-3.0.1.tar.gz"
    #expect(try Version(text.dropFirst(6).dropLast(7)).description == "3.0.1")
  }

  /// Texts of both kinds: those with a key and those without.
  @Test(arguments: [
    "0", "1.0", "1.0.0.0", "2024.10.15", "1.2.3.4", "1.0.dev3", "1.0a1", "1.0b2", "1.0rc3", "1.0.post4",
    "16383",
    "0.1023.1023.255", "0.0.0.0.dev0", "1.0.post524287",
  ])
  func returnsFromItsPackedKey(_ text: String) throws {
    let version = try Version(text)
    let key = try #require(version.packedKey)
    let decoded = try #require(Version(packedKey: key, releaseSegmentCount: version.releaseSegmentCount))
    #expect(decoded == version)
    #expect(decoded.description == text)
  }

  @Test(arguments: [
    "1!1.0", "1.0+cpu", "1.0.0.0.0", "1.2.3.4.5", "16384", "0.1024", "0.0.1024", "0.0.0.256", "1.0a1.dev1",
    "1.0a1.post1", "1.0.post1.dev1", "1.0.dev524288",
  ])
  func hasNoPackedKey(_ text: String) throws {
    #expect(try Version(text).packedKey == nil)
  }

  struct Decoding: CustomTestStringConvertible {
    let text: String
    let segmentCount: Int
    var testDescription: String { "\(text) with \(segmentCount) segments" }
  }

  /// A number from a damaged cache is no version.
  @Test(arguments: [
    Decoding(text: "1.2", segmentCount: 0), Decoding(text: "1.2", segmentCount: 1),
    Decoding(text: "1.2", segmentCount: 5), Decoding(text: "1.2", segmentCount: -1),
    Decoding(text: "1.2.3.4", segmentCount: 3),
  ])
  func refusesAWrongSegmentCount(_ decoding: Decoding) throws {
    let key = try #require(try Version(decoding.text).packedKey)
    #expect(Version(packedKey: key, releaseSegmentCount: decoding.segmentCount) == nil)
  }

  @Test func everyNumberDecodesToItselfOrNothing() throws {
    var random = SplitMix64(seed: 1)
    var decoded = 0
    for _ in 0..<20_000 {
      let key = random.next() & (random.next() | 7 << 19)
      for count in 1...4 {
        guard let version = Version(packedKey: key, releaseSegmentCount: count) else { continue }
        decoded += 1
        #expect(version.packedKey == key)
        #expect(try Version(version.description) == version)
      }
    }
    #expect(decoded > 1_000)
    #expect(Version(packedKey: 0, releaseSegmentCount: 1) == nil)
    #expect(Version(packedKey: .max, releaseSegmentCount: 4) == nil)
  }

  @Test func ordersLocalSegments() throws {
    let texts = ["1.0", "1.0+0a", "1.0+a", "1.0+a.b", "1.0+a.1", "1.0+b", "1.0+2", "1.0+2.0", "1.0+10"]
    let versions = try texts.map { try Version($0) }
    #expect(versions.reversed().sorted() == versions)
    #expect(Set(versions).count == texts.count)
  }
}

/// A random-number generator whose numbers are the same in every run.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
