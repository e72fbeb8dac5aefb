/// A point in time as HTTP writes it (RFC 9110 §5.6.7), in seconds since 1970.
///
///     IMF-fixdate   Sun, 06 Nov 1994 08:49:37 GMT
///     RFC 850       Sunday, 06-Nov-94 08:49:37 GMT
///     asctime       Sun Nov  6 08:49:37 1994
struct HTTPDate: Sendable, Hashable {
  var seconds: Int64

  init(seconds: Int64) { self.seconds = seconds }

  /// Nil for anything but the three forms. `now` decides the century of a two-digit year.
  init?(_ text: String, now: Int64) {
    var words = text.split { $0 == " " || $0 == "," || $0 == "-" }
    guard words.count >= 5 else { return nil }
    words.removeFirst()
    let dayText: Substring
    let monthText: Substring
    let yearText: Substring
    let timeText: Substring
    if HTTPDate.months.contains(String(words[0])) {
      // asctime
      (monthText, dayText, timeText, yearText) = (words[0], words[1], words[2], words[3])
    } else {
      guard words.count == 5, words[4] == "GMT" || words[4] == "UTC" else { return nil }
      (dayText, monthText, yearText, timeText) = (words[0], words[1], words[2], words[3])
    }
    let clock = timeText.split(separator: ":").map { Int64($0) }
    guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
      let month = HTTPDate.months.firstIndex(of: String(monthText)),
      let day = Int64(dayText), (1...31).contains(day), var year = Int64(yearText), (0...9999).contains(year)
    else { return nil }
    if yearText.count == 2 {
      let thisYear = 1970 + now / 31_556_952
      year += thisYear / 100 * 100
      if year > thisYear + 50 { year -= 100 }
    }
    seconds =
      daysSince1970(year: year, month: Int64(month) + 1, day: day) * 86400 + hour * 3600 + minute * 60
      + second
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
private func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
  // Years that begin in March put the leap day last; 400 of them are 146097 days.
  let year = month <= 2 ? year - 1 : year
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
