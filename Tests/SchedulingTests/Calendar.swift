import UpdatePolicy

/// A calendar of its own for the evaluators: days counted one by one, clocks by trial. It shares with what it judges only
/// how far a zone's clocks are ahead at a moment.
struct Calendar {
  /// A day that a clock shows.
  struct Day {
    let year: Int
    let month: Int
    let day: Int
    /// 0 is Sunday.
    let weekday: Int
    /// Since 1970-01-01.
    let number: Int
  }

  /// From when on clocks are ahead by so many seconds, ascending, as found by asking for every day.
  private let changes: [(start: Int64, offset: Int64)]

  init(_ rules: TimeZoneRules) {
    var changes: [(start: Int64, offset: Int64)] = []
    for day in stride(
      from: Zones.tenYears.lowerBound - 864_000, to: Zones.tenYears.upperBound + 864_000, by: 86_400)
    {
      let offset = rules.offset(at: day)
      if let last = changes.last, last.offset == Int64(offset) { continue }
      var (low, high) = (day - 86_400, day)
      while high - low > 1 {
        let middle = (low + high) / 2
        if rules.offset(at: middle) == offset { high = middle } else { low = middle }
      }
      changes.append((changes.isEmpty ? Int64.min : high, Int64(offset)))
    }
    self.changes = changes
  }

  private func offset(at moment: Int64) -> Int64 { changes.last { $0.start <= moment }?.offset ?? 0 }

  /// The moments at which clocks show a time, in seconds since their 1970-01-01, ascending.
  func moments(showing wall: Int64) -> [Int64] {
    let offsets = Set([offset(at: wall - 100_000), offset(at: wall + 100_000)])
    return offsets.map { wall - $0 }.filter { $0 + offset(at: $0) == wall }.sorted()
  }

  /// The first moment at which they show a later time, where they leap over it.
  func leap(over wall: Int64) -> Int64 {
    changes.first { $0.start > wall - 100_000 && $0.start + $0.offset >= wall }?.start ?? 0
  }

  /// All days from 2026-11-27 to 2036-12-01, which cover the ten years in every zone.
  static let days: [Day] = {
    var days: [Day] = []
    var (year, month, day, weekday, number) = (2026, 11, 27, 5, 20_784)
    while (year, month) < (2036, 12) {
      days.append(Day(year: year, month: month, day: day, weekday: weekday, number: number))
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      (weekday, number) = ((weekday + 1) % 7, number + 1)
      if day < length { day += 1 } else { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    return days
  }()
}

/// A crontab's five fields as Vixie's cron reads them, in numbers alone: anything else is no field here.
struct CronLine {
  let minutes: Set<Int>
  let hours: Set<Int>
  let dates: Set<Int>
  let months: Set<Int>
  let weekdays: Set<Int>
  let stars: [Bool]

  init?(_ fields: [String]) {
    guard fields.count == 5 else { return nil }
    let ranges = [0...59, 0...23, 1...31, 1...12, 0...6]
    var sets: [Set<Int>] = []
    for (field, range) in zip(fields, ranges) {
      guard let set = Self.numbers(field, range), !set.isEmpty else { return nil }
      sets.append(set)
    }
    (minutes, hours, dates, months, weekdays) = (sets[0], sets[1], sets[2], sets[3], sets[4])
    stars = fields.map { $0.hasPrefix("*") }
  }

  private static func numbers(_ field: String, _ range: ClosedRange<Int>) -> Set<Int>? {
    var set: Set<Int> = []
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      guard let step = parts.count == 1 ? 1 : Int(parts[1]), step > 0, parts.count < 3 else { return nil }
      var (first, last) = (range.lowerBound, range.upperBound)
      if parts[0] != "*" {
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let start = ends[0], let end = ends.count == 2 ? ends[1] : start, ends.count < 3, start <= end,
          range.contains(start), range.contains(end), parts.count == 1 || ends.count == 2
        else { return nil }
        (first, last) = (start, end)
      }
      set.formUnion(stride(from: first, through: last, by: step))
    }
    return set
  }

  func has(_ day: Calendar.Day) -> Bool {
    guard months.contains(day.month) else { return false }
    let (date, weekday) = (dates.contains(day.day), weekdays.contains(day.weekday))
    return stars[2] || stars[4] ? date && weekday : date || weekday
  }

  /// All moments within ten years.
  func moments(_ calendar: Calendar, in time: Range<Int64> = Zones.tenYears) -> [Int64] {
    var moments: Set<Int64> = []
    for day in Calendar.days where has(day) {
      for hour in hours {
        for minute in minutes {
          let wall = Int64(day.number) * 86_400 + Int64(hour * 3_600 + minute * 60)
          let shown = calendar.moments(showing: wall)
          if stars[1] {
            moments.formUnion(shown)
          } else {
            moments.insert(shown.first ?? calendar.leap(over: wall))
          }
        }
      }
    }
    return moments.filter(time.contains).sorted()
  }
}

/// A calendar event as systemd 252 was seen to take it: what a clock leaps over is left out, what it shows twice is the
/// first.
struct SystemdEvent {
  private var weekdays = Set(0...6)
  private var years: Set<Int>?
  private let months: Set<Int>
  private let dates: Set<Int>
  private let hours: Set<Int>
  private let minutes: Set<Int>
  let zone: String

  init?(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    if words.count == 4 {
      guard let days = Self.weekdays(words.removeFirst()) else { return nil }
      weekdays = days
    }
    guard words.count == 3 else { return nil }
    let date = words[0].split(separator: "-", maxSplits: 2).map(String.init)
    let clock = words[1].split(separator: ":").map(String.init)
    guard date.count == 3, clock.count == 3, clock[2] == "00", let months = Self.numbers(date[1], 1...12),
      let dates = Self.numbers(date[2], 1...31), let hours = Self.numbers(clock[0], 0...23),
      let minutes = Self.numbers(clock[1], 0...59)
    else { return nil }
    if date[0] != "*" {
      guard let year = Int(date[0]) else { return nil }
      years = [year]
    }
    (self.months, self.dates, self.hours, self.minutes, zone) = (months, dates, hours, minutes, words[2])
  }

  private static func weekdays(_ text: String) -> Set<Int>? {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    var days: Set<Int> = []
    for item in text.split(separator: ",") {
      let ends = item.split(separator: ".").compactMap { names.firstIndex(of: String($0)) }
      guard let first = ends.first, let last = ends.last, first <= last else { return nil }
      for day in first...last { days.insert((day + 1) % 7) }
    }
    return days
  }

  private static func numbers(_ text: String, _ range: ClosedRange<Int>) -> Set<Int>? {
    if text == "*" { return Set(range) }
    var set: Set<Int> = []
    for item in text.split(separator: ",") {
      let parts = item.split(separator: "/")
      let ends = parts[0].split(separator: ".").map { Int($0) }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last,
        range.contains(first), range.contains(last),
        parts[0].split(separator: ".").allSatisfy({ $0.count == 2 })
      else { return nil }
      guard let step = parts.count == 1 ? 1 : Int(parts[1]), parts.count == 1 || ends.count == 2 else {
        return nil
      }
      set.formUnion(stride(from: first, through: last, by: step))
    }
    return set
  }

  func moments(_ calendar: Calendar, in time: Range<Int64> = Zones.tenYears) -> [Int64] {
    var moments: [Int64] = []
    for day in Calendar.days
    where years?.contains(day.year) != false && months.contains(day.month) && dates.contains(day.day)
      && weekdays.contains(day.weekday)
    {
      for hour in hours {
        for minute in minutes {
          let wall = Int64(day.number) * 86_400 + Int64(hour * 3_600 + minute * 60)
          if let shown = calendar.moments(showing: wall).first { moments.append(shown) }
        }
      }
    }
    return moments.filter(time.contains)
  }
}
