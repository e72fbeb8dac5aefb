/// The rule of a time zone as POSIX writes it in `TZ` (POSIX.1-2024, 8.3), with RFC 9636's hours from -167 to 167.
///
///     zone   = name offset (name offset? "," date ("/" time)? "," date ("/" time)?)?
///     name   = letter{3,} | "<" (letter | digit | "+" | "-"){3,} ">"
///     offset = ("+" | "-")? hh (":" mm (":" ss)?)?              to the west of Greenwich, at most 24 hours
///     date   = "M" month "." week "." weekday | "J" day | day   J counts from 1 and never 29 February
///     time   = as an offset, from -167 to 167 hours; 02:00 if there is none
///
/// Example: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone: Sendable, Hashable {
  /// A day of every year.
  enum YearDay: Sendable, Hashable {
    /// The day of a leapless year, 1 to 365: 60 is 1 March always.
    case leapless(Int)
    /// The day of the year from 0, with 29 February where there is one.
    case zeroBased(Int)
    /// A weekday (0 is Sunday) of a month's week; week 5 is the last that has it.
    case weekday(month: Int, week: Int, weekday: Int)

    /// Its days since 1970-01-01.
    func days(in year: Int) -> Int {
      switch self {
      case .leapless(let day):
        let days = CalendarDate.days(year: year, month: 1, day: day)
        return CalendarDate.isLeap(year) && day >= 60 ? days + 1 : days
      case .zeroBased(let day): return CalendarDate.days(year: year, month: 1, day: day + 1)
      case .weekday(let month, let week, let weekday):
        let first = CalendarDate.days(year: year, month: month, day: 1)
        let ahead = (weekday - CalendarDate.weekday(daysSince1970: first)).flooredRemainder(7)
        let day = ahead + (week - 1) * 7
        return first + (day < CalendarDate.dayCount(year: year, month: month) ? day : day - 7)
      }
    }
  }

  /// A moment of every year, by the clock before it.
  struct Change: Sendable, Hashable {
    let day: YearDay
    /// Seconds since the day's 00:00.
    let time: Int
  }

  /// Summer time.
  struct Daylight: Sendable, Hashable {
    /// Seconds ahead of UTC.
    let offset: Int
    let start: Change
    let end: Change
  }

  /// Seconds ahead of UTC in standard time.
  let offset: Int
  let daylight: Daylight?

  func stretch(containing moment: Int64) -> TimeZoneRules.Stretch {
    guard let daylight else { return TimeZoneRules.Stretch(start: .min, end: .max, offset: offset) }
    let year = CalendarDate(containing: moment).year
    // A time of up to 167 hours and the offset may carry a change into the year before or behind. Of changes at one moment
    // the later in this order holds: what ends as the next begins is summer time all year.
    var changes: [(moment: Int64, offset: Int)] = []
    for year in year - 2...year + 2 {
      changes.append((Self.moment(of: daylight.start, in: year, offset: offset), daylight.offset))
      changes.append((Self.moment(of: daylight.end, in: year, offset: daylight.offset), offset))
    }
    let ordered = changes.enumerated().sorted {
      ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset)
    }
    .map(\.element)
    let next = ordered.firstIndex { $0.moment > moment } ?? ordered.count
    return TimeZoneRules.Stretch(
      start: next > 0 ? ordered[next - 1].moment : .min,
      end: next < ordered.count ? ordered[next].moment : .max,
      offset: next > 0 ? ordered[next - 1].offset : offset)
  }

  private static func moment(of change: Change, in year: Int, offset: Int) -> Int64 {
    Int64(change.day.days(in: year)) * 86_400 + Int64(change.time - offset)
  }
}
