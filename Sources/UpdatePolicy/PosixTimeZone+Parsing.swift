extension PosixTimeZone {
  /// Reads a rule. What isn't allowed is nil: whoever asks knows the place.
  init?(_ text: some Collection<UInt8>) {
    var reader = Reader(rest: Array(text)[...])
    guard let zone = reader.zone(), reader.rest.isEmpty else { return nil }
    self = zone
  }

  /// Walks over a rule.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func zone() -> PosixTimeZone? {
      guard skipName(), let west = time(hours: 0...24) else { return nil }
      if rest.isEmpty { return PosixTimeZone(offset: -west, daylight: nil) }
      guard skipName() else { return nil }
      var daylightOffset = 3_600 - west
      if rest.first != UInt8(ascii: ",") {
        guard let written = time(hours: 0...24) else { return nil }
        daylightOffset = -written
      }
      guard let start = change(), let end = change() else { return nil }
      return PosixTimeZone(
        offset: -west, daylight: Daylight(offset: daylightOffset, start: start, end: end))
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func skipName() -> Bool {
      let isQuoted = skip("<")
      let name = rest.prefix { byte in
        byte.isLetter
          || (isQuoted && (byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")))
      }
      rest = rest[name.endIndex...]
      return name.count >= 3 && (!isQuoted || skip(">"))
    }

    /// At most three digits.
    private mutating func number(_ allowed: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { $0.isDigit }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest[digits.endIndex...]
      let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      return allowed.contains(number) ? number : nil
    }

    private mutating func time(hours: ClosedRange<Int>) -> Int? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard let hour = number(hours) else { return nil }
      var seconds = hour * 3_600
      for unit in [60, 1] where skip(":") {
        guard let part = number(0...59) else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    private mutating func change() -> Change? {
      guard skip(","), let day = day() else { return nil }
      guard skip("/") else { return Change(day: day, time: 7_200) }
      guard let time = time(hours: 0...167) else { return nil }
      return Change(day: day, time: time)
    }

    private mutating func day() -> YearDay? {
      if skip("M") {
        guard let month = number(1...12), skip("."), let week = number(1...5), skip("."),
          let weekday = number(0...6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
      }
      if skip("J") { return number(1...365).map { .leapless($0) } }
      return number(0...365).map { .zeroBased($0) }
    }
  }
}
