import PythonPackaging

@testable import PinHistory

/// What the rows must be, worked out from all snapshots at once: slowly, and plainly.
///
/// The snapshots are at different times.
struct RecordingOracle {
  let snapshots: [Snapshot]

  /// The lines that `dump` gives.
  var lines: [String] {
    Dictionary(grouping: snapshots, by: \.lockfile).values.flatMap(lines(of:)).sorted()
  }

  private func lines(of unsorted: [Snapshot]) -> [String] {
    var lines: [String] = []
    var states: [Snapshot] = []
    for snapshot in unsorted.sorted(by: { $0.takenAt < $1.takenAt }) {
      let path = snapshot.lockfile.path
      let told = "\(path)|\(snapshot.takenAt)|\(snapshot.source)|\(snapshot.commit ?? "-")"
      if let last = states.last, last.digest == snapshot.digest, Set(last.pins) == Set(snapshot.pins) {
        lines.append("sighting|\(told)|\(last.takenAt)||")
      } else {
        states.append(snapshot)
        lines.append("snapshot|\(told)|\(snapshot.digest)||")
      }
    }
    for pin in Set(states.flatMap(\.pins)) {
      var first: Snapshot?
      var last: Snapshot?
      for state in states {
        if state.pins.contains(pin) {
          if first == nil { first = state }
          last = state
        } else if let begin = first, let end = last {
          lines.append(line(pin, begin, end: end, replacedAt: state.takenAt))
          first = nil
        }
      }
      if let first { lines.append(line(pin, first, end: nil, replacedAt: nil)) }
    }
    return lines
  }

  private func line(_ pin: Pin, _ first: Snapshot, end: Snapshot?, replacedAt: Int64?) -> String {
    let version = pin.version.description
    let replaced = replacedAt.map(String.init) ?? "-"
    let last = (end?.takenAt).map(String.init) ?? "-"
    return "pin|\(first.lockfile.path)|\(pin.package)|\(version) \(version)|\(first.takenAt)|\(replaced)|"
      + "\(first.takenAt)|\(last)"
  }
}
