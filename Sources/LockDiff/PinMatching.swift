import LockfileFormats
import PythonPackaging

/// Which pin of one file became which of another, where a subject stands several times, for environments that exclude
/// one another.
///
/// Pins that have the most in common belong together: first those that are wholly alike; then those with one marker, since
/// the pin for an environment goes to another version; then those with one version, whose marker changed; the rest in the
/// order of versions. Neither the order of lines nor which file is the old one makes a difference.
enum PinMatching {
  /// What two pins have to have in common.
  private struct Key: Hashable {
    var version: Version?
    var marker: String?
    var source: PinSource?
    var extras: [ExtraName]?
    var groups: [PinGroup]?
    var hashes: [String]?
  }

  private static let keys: [@Sendable (FilePin) -> Key] = [
    {
      Key(
        version: $0.version, marker: $0.marker, source: $0.source, extras: $0.extras, groups: $0.groups,
        hashes: $0.hashes)
    },
    { Key(version: $0.version, marker: $0.marker, source: $0.source) },
    { Key(marker: $0.marker, extras: $0.extras, groups: $0.groups) },
    { Key(marker: $0.marker) },
    { Key(version: $0.version, source: $0.source) },
    { Key(version: $0.version) },
    { _ in Key() },
  ]

  /// Pairs of pins of one subject; those that are left over have nothing on the other side.
  static func pairs(_ old: [FilePin], _ new: [FilePin]) -> [(old: FilePin?, new: FilePin?)] {
    var pairs: [(old: FilePin?, new: FilePin?)] = []
    var (olds, news) = (old, new)
    if olds.count > 1 { olds.sort(by: FilePin.precedes) }
    if news.count > 1 { news.sort(by: FilePin.precedes) }
    if olds.count == 1, news.count == 1 { return [(olds[0], news[0])] }
    for key in keys {
      if olds.isEmpty || news.isEmpty { break }
      var places: [Key: [Int]] = [:]
      for (index, pin) in news.enumerated() { places[key(pin), default: []].append(index) }
      var next: [Key: Int] = [:]
      var (takenOld, takenNew) = (Set<Int>(), Set<Int>())
      for (index, pin) in olds.enumerated() {
        let key = key(pin)
        let turn = next[key] ?? 0
        guard let own = places[key], turn < own.count else { continue }
        next[key] = turn + 1
        pairs.append((pin, news[own[turn]]))
        takenOld.insert(index)
        takenNew.insert(own[turn])
      }
      olds = olds.enumerated().filter { !takenOld.contains($0.offset) }.map(\.element)
      news = news.enumerated().filter { !takenNew.contains($0.offset) }.map(\.element)
    }
    return pairs + olds.map { ($0, nil) } + news.map { (nil, $0) }
  }
}

extension FilePin {
  /// By version, marker, source and what else is written; a pin without a version comes first.
  static func precedes(_ left: FilePin, _ right: FilePin) -> Bool {
    if left.version != right.version {
      guard let mine = left.version, let its = right.version else { return left.version == nil }
      return mine < its
    }
    if left.marker != right.marker { return isBefore(left.marker ?? "", right.marker ?? "") }
    if left.text != right.text { return isBefore(left.text, right.text) }
    if left.extras != right.extras {
      return isBefore(
        left.extras.map(\.description).joined(separator: ","),
        right.extras.map(\.description).joined(separator: ","))
    }
    if left.groups != right.groups {
      return isBefore(
        left.groups.map(\.description).joined(separator: ","),
        right.groups.map(\.description).joined(separator: ","))
    }
    return isBefore(left.hashes.joined(separator: ","), right.hashes.joined(separator: ","))
  }

  private static func isBefore(_ left: String, _ right: String) -> Bool {
    left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
  }
}
