import FoundationEssentials
import Testing
import UpdatePolicy

/// Time zones as the tz database has them, from the tables of the policy's tests.
enum Zones {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let names = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu",
    "Pacific/Apia", "Europe/Dublin", "America/Santiago",
  ]

  static func rules(_ name: String) throws -> TimeZoneRules {
    if name == "UTC" { return .utc }
    let file = "Tests/UpdatePolicyTests/Fixtures/zones/slim/" + String(name.map { $0 == "/" ? "-" : $0 })
    return try TimeZoneRules(contentsOfFile: Array(try Data(contentsOf: root.appending(path: file))))
  }

  static func schedule(_ window: String, _ zone: String) throws -> Schedule {
    Schedule(window: try CronExpression(window), timeZone: try TimeZoneName(zone))
  }

  /// 2026-11-29 11:00 UTC.
  static let now: Int64 = 1_795_950_000

  /// Ten years from there.
  static let tenYears = now..<now + 315_576_000

  /// The windows in a stretch of time, as the policy has them.
  static func windows(_ schedule: Schedule, _ rules: TimeZoneRules, in time: Range<Int64> = tenYears)
    -> [Int64]
  {
    var windows: [Int64] = []
    var last = time.lowerBound - 1
    while let next = schedule.window.next(after: last, in: rules), next < time.upperBound {
      windows.append(next)
      last = next
    }
    return windows
  }
}
