import PythonPackaging

@testable import Advisories

/// Random versions, entries and records, from few different versions, so that they meet.
struct RandomAdvisories {
  var generator: SplitMix64
  /// Ascending: final, pre-, post-, development and local releases, with an epoch, beyond what a number holds.
  static let versions: [Version] = [
    "0.dev1", "0", "0.1", "1.0.dev1", "1.0a1", "1.0rc1", "1.0", "1.0+cpu", "1.0+cpu.1", "1.0+cu118",
    "1.0.post1.dev0",
    "1.0.post1", "1.0.1", "1.1", "1.1+a", "1.2.3.4.5", "1.2.3.4.5+b", "2.0b2", "2.0", "2.0.1", "2.99999", "3",
    "1!0",
    "1!0.5",
  ].compactMap { try? Version($0) }

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  mutating func version() -> Version {
    Self.versions[Int.random(in: 0..<Self.versions.count, using: &generator)]
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func event() -> RangeEvent {
    switch number(0...11) {
    case 0: .introduced(nil)
    case 1...4: .introduced(version())
    case 5...7: .fixed(version())
    case 8...9: .lastAffected(version())
    case 10: .limit(version())
    default: number(0...3) == 0 ? .limit(nil) : .fixed(version())
    }
  }

  mutating func entry() -> NaiveEvaluator.Entry {
    var entry = NaiveEvaluator.Entry()
    for _ in 0..<number(0...3) { entry.versions.append(version()) }
    for _ in 0..<number(0...3) {
      var events: [RangeEvent] = []
      for _ in 0..<number(0...6) { events.append(event()) }
      entry.ranges.append(events)
    }
    return entry
  }

  /// A range as sources write them: introduced and fixed, or last affected, in turn.
  mutating func tidyRange() -> [RangeEvent] {
    var versions: [Version] = []
    for _ in 0..<number(1...5) { versions.append(version()) }
    versions = Array(Set(versions)).sorted()
    return versions.enumerated().map { index, version in
      if index % 2 == 0 { return index == 0 && number(0...1) == 0 ? .introduced(nil) : .introduced(version) }
      return number(0...4) == 0 ? .lastAffected(version) : .fixed(version)
    }
  }

  mutating func id(_ count: Int) -> AdvisoryID {
    let kind = ["GHSA", "CVE", "PYSEC", "OSV"][number(0...3)]
    guard let id = AdvisoryID("\(kind)-\(number(0...count))") else { fatalError("no id") }
    return id
  }
}
