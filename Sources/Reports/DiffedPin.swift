import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

/// A change in a document of JSON.
struct DiffedPin: Encodable {
  /// One side of it.
  struct Side: Encodable {
    let version: String?
    let source: String
    let marker: String?
    let extras: [String]
    let line: Int
    let askers: [String]
    let released: DocumentMoment?
    let secondsBehind: Int64?
    let yanked: KnownText
    let license: KnownText
    let requiresPython: KnownText

    private enum CodingKeys: String, CodingKey {
      case version
      case source
      case marker
      case extras
      case line
      case askers
      case released
      case secondsBehind
      case yanked
      case license
      case requiresPython
    }

    init(_ pin: FilePin, _ details: ReleaseDetails?) {
      version = pin.version.map(DiffWords.version)
      source = DiffWords.source(pin.source)
      marker = pin.marker.map(OutsideText.sentence)
      extras = pin.extras.map { OutsideText.name($0.description) }
      line = pin.line
      askers = pin.askers.prefix(100).map { OutsideText.sentence($0.description) }
      released = (details?.uploadedAt.value).map(DocumentMoment.init)
      secondsBehind = details?.timeBehind.value
      yanked = KnownText(details?.yank.value.map { $0.map { $0.reason ?? "" } })
      license = KnownText(details?.license.value)
      requiresPython = KnownText(details?.requiresPython.value)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(version, forKey: .version)
      try container.encode(source, forKey: .source)
      try container.encodeIfPresent(marker, forKey: .marker)
      try container.encode(extras, forKey: .extras)
      try container.encode(line, forKey: .line)
      try container.encode(askers, forKey: .askers)
      try container.encodeIfPresent(released, forKey: .released)
      try container.encodeIfPresent(secondsBehind, forKey: .secondsBehind)
      for (key, text) in [
        (CodingKeys.yanked, yanked), (.license, license), (.requiresPython, requiresPython),
      ] where text.isKnown {
        try container.encode(text.text, forKey: key)
      }
    }
  }

  /// A text that may be known to be none.
  struct KnownText {
    let isKnown: Bool
    let text: String?

    init(_ value: String??) {
      isKnown = value != nil
      text = value.flatMap { $0 }.map(OutsideText.sentence)
    }
  }

  struct Advisory: Encodable {
    let id: String
    let aliases: [String]
    let severity: String
    let malware: Bool

    init(_ advisory: AdvisoryFacts) {
      id = OutsideText.name(advisory.id)
      aliases = advisory.aliases.map(OutsideText.name)
      severity = advisory.severity.rawValue
      malware = advisory.isMalware
    }
  }

  struct Advisories: Encodable {
    let fixed: [Advisory]
    let introduced: [Advisory]
    let remaining: [Advisory]
  }

  struct Hashes: Encodable {
    let gone: Int
    let new: Int
  }

  let package: String?
  let text: String?
  let kind: String
  let step: String?
  let size: String?
  let alarms: [String]
  let why: [String]
  let from: Side?
  let to: Side?
  let hashes: Hashes?
  let advisories: Advisories?
  let links: [String: String]

  init(_ explained: ExplainedChange) {
    let change = explained.change
    package = change.subject.name.map { OutsideText.name($0.normalized) }
    text = package == nil ? DiffWords.name(change.subject) : nil
    kind = change.kind.rawValue
    step = change.step?.kind.rawValue
    size = change.step?.size.rawValue
    alarms = DiffWords.alarms(explained)
    why = explained.reasons.map(DiffWords.reason)
    from = change.old.map { Side($0, explained.old) }
    to = change.new.map { Side($0, explained.new) }
    hashes = change.hashes.map { Hashes(gone: $0.gone, new: $0.new) }
    advisories = explained.advisories.value.map {
      Advisories(
        fixed: $0.fixed.map(Advisory.init), introduced: $0.introduced.map(Advisory.init),
        remaining: $0.remaining.map(Advisory.init))
    }
    links = Dictionary(uniqueKeysWithValues: explained.links.all.map { ($0.label, $0.link.description) })
  }
}
