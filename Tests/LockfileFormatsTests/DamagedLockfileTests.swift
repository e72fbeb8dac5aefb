import PythonPackaging
import RequirementsFiles
import Testing

@testable import LockfileFormats

@Suite("Lockfiles damaged at random")
struct DamagedLockfileTests {
  @Test("Cut short anywhere, a file is read up to there", arguments: LockfileFixture.all)
  func prefixes(_ fixture: LockfileFixture) {
    let whole = PinnedFileReader().read(fixture.bytes, path: fixture.path)
    // Of a large file not each: those at line ends, and some of the others.
    let step = fixture.bytes.count < 1200 ? 1 : fixture.bytes.count / 60
    for end in fixture.bytes.indices where end % step == 0 || fixture.bytes[end] == 0x0A {
      let file = check(Array(fixture.bytes[..<end]), fixture.path, "cut at \(end)")
      let lastWhole = file.pins.dropLast(2)
      if file.format == .uv {
        #expect(
          lastWhole.map(Self.facts) == whole.pins.prefix(lastWhole.count).map(Self.facts), "cut at \(end)")
      } else {
        #expect(Array(lastWhole) == Array(whole.pins.prefix(lastWhole.count)), "cut at \(end)")
      }
    }
  }

  @Test("Cut short between packages, a file isn't complete", arguments: LockfileFixture.all)
  func cuts(_ fixture: LockfileFixture) {
    let whole = PinnedFileReader().read(fixture.bytes, path: fixture.path)
    // Where a file of uv or of PEP 751 is cut there, nothing tells.
    guard whole.format == .poetry else { return }
    let lines = fixture.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.starts(with: Array("[".utf8)) {
      if lines[..<index].contains(where: { $0.starts(with: Array("[metadata]".utf8)) }) { break }
      let file = check(Array(lines[..<index].joined(separator: [0x0A])), fixture.path, "cut at \(index)")
      #expect(!file.isComplete, "cut at \(index)")
    }
  }

  @Test("Bytes changed at random", arguments: LockfileFixture.all)
  func flips(_ fixture: LockfileFixture) {
    var random = SeededRandom(seed: 20_260_130)
    for round in 0..<50 {
      var bytes = fixture.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      check(bytes, fixture.path, "round \(round)")
    }
  }

  @Test("One byte changed costs the pins around it, and no others", arguments: LockfileFixture.all)
  func oneFlip(_ fixture: LockfileFixture) {
    let whole = PinnedFileReader().read(fixture.bytes, path: fixture.path)
    let names = whole.pins.map { "\($0.text)" }
    var random = SeededRandom(seed: 7)
    for round in 0..<100 {
      var bytes = fixture.bytes
      let index = Int.random(in: bytes.indices, using: &random)
      bytes[index] = Array("\"[]{}=,#x\n".utf8).randomElement(using: &random) ?? 0
      let file = check(bytes, fixture.path, "round \(round)")
      if file.faults.contains(where: { $0.reason == .formatVersion }) || file.format != whole.format {
        continue
      }
      let lost = Set(names).subtracting(file.pins.map(\.text))
      // A line of requirements may become part of a comment; in the other formats nothing is lost in silence.
      if file.format != .requirements, file.pins.count < whole.pins.count {
        #expect(!file.isComplete, "round \(round), byte \(index): \(lost.sorted())")
      }
      #expect(lost.count <= 2, "round \(round), byte \(index): \(lost.sorted())")
    }
  }

  @Test("Lines deleted, doubled and exchanged", arguments: LockfileFixture.all)
  func lines(_ fixture: LockfileFixture) {
    let lines = fixture.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var random = SeededRandom(seed: 31)
    for round in 0..<50 {
      var changed = lines
      for _ in 0..<Int.random(in: 1...5, using: &random) where !changed.isEmpty {
        let index = Int.random(in: changed.indices, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: changed.insert(changed[index], at: index)
        case 1: changed.swapAt(index, Int.random(in: changed.indices, using: &random))
        default: changed.remove(at: index)
        }
      }
      check(Array(changed.joined(separator: [0x0A])), fixture.path, "round \(round)")
    }
  }

  @Test("Any lockfile under any other's name")
  func names() {
    for fixture in LockfileFixture.all {
      for path in ["uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml", "requirements.txt"] {
        check(fixture.bytes, path, "\(fixture.path) as \(path)")
      }
    }
  }

  /// What doesn't depend on packages further down.
  private static func facts(_ pin: FilePin) -> String {
    "\(pin.text) \(pin.line) \(pin.source) \(pin.hashCount)"
  }

  /// Whatever the bytes are: faults stand in the file and can be shown, and pins are what they say.
  @discardableResult
  private func check(_ bytes: [UInt8], _ path: String, _ what: String) -> PinnedFile {
    let file = PinnedFileReader().read(bytes, path: path)
    let lines = LineIndex(bytes).count
    for fault in file.faults {
      #expect((1...lines).contains(fault.location.line), "\(what): \(fault)")
      #expect(fault.location.column >= 1, "\(what): \(fault)")
      #expect(isPrintable(fault.description + (fault.remedy ?? "")), "\(what): \(fault)")
    }
    for pin in file.pins {
      #expect((1...lines).contains(pin.line), "\(what): \(pin)")
      #expect(!pin.source.isIndex || pin.version != nil && pin.name != nil, "\(what): \(pin)")
      #expect(isPrintable(pin.text + (pin.marker ?? "")), "\(what): \(pin)")
    }
    #expect(file.faults.count <= PinnedFileReader.Limits().faults, "\(what)")
    return file
  }

  private func isPrintable(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(PrintableText.isPrintable)
  }
}
