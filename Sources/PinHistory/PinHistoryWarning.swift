/// What happened to a history, told once: it was damaged, and a new one was begun.
package struct PinHistoryWarning: Sendable, Hashable, CustomStringConvertible {
  /// The file, which is new now.
  package var path: String
  /// Where the damaged file is kept.
  package var keptAt: String
  /// SQLite's words for the damage.
  package var reason: String

  /// One line without a full stop.
  package var description: String {
    "the history `\(path)` was damaged and begun anew, the damaged file is kept as `\(keptAt)`: \(reason)"
  }
}
