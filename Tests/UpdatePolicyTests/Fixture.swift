import FoundationEssentials
import Testing

@testable import UpdatePolicy

/// The files beside the tests; `Fixtures/zones.py` wrote those of the time zones.
enum Fixture {
  static func bytes(_ path: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// A table's lines without its comment, by the first field.
  static func rows(_ path: String) throws -> [String: [[String]]] {
    let lines = String(decoding: try bytes(path), as: UTF8.self).split(separator: "\n")
    let rows = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
    return Dictionary(grouping: rows) { $0[0] }
  }

  /// A zone's file: `fat` or `slim`.
  static func zone(_ name: String, _ kind: String = "slim") throws -> [UInt8] {
    try bytes("zones/\(kind)/" + String(name.map { $0 == "/" ? "-" : $0 }))
  }

  static func rules(_ name: String, _ kind: String = "slim") throws -> TimeZoneRules {
    try TimeZoneRules(contentsOfFile: zone(name, kind))
  }

  static let zones = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu",
    "Pacific/Apia", "Europe/Dublin", "America/Santiago",
  ]

  /// A moment written as `2026-03-29 02:30`, in UTC.
  static func moment(_ text: String) throws -> Int64 {
    let parts = text.split(separator: " ")
    let date = try CalendarDate(String(parts[0]))
    guard parts.count > 1 else { return date.start }
    let clock = parts[1].split(separator: ":").compactMap { Int64($0) }
    try #require(clock.count == 2)
    return date.start + clock[0] * 3_600 + clock[1] * 60
  }

  /// The same backwards.
  static func text(_ moment: Int64) -> String {
    func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let second = moment.flooredRemainder(86_400)
    return "\(CalendarDate(containing: moment)) \(padded(second / 3_600)):\(padded(second / 60 % 60))"
  }
}
