/// Reads one field of a cron expression; the grammar is ``CronExpression``'s.
struct CronFieldParser {
  let kind: CronField.Kind
  /// The whole expression.
  let bytes: [UInt8]
  /// The field in it.
  let range: Range<Int>

  func field() throws(CronError) -> CronField {
    var bits: UInt64 = 0
    for item in split(range, at: ",") { bits |= try numbers(of: item) }
    if kind == .dayOfWeek, bits >> 7 & 1 == 1 { bits = bits & 0x7F | 1 }
    return CronField(bits: bits, beginsWithStar: bytes[range.lowerBound] == UInt8(ascii: "*"))
  }

  private func numbers(of item: Range<Int>) throws(CronError) -> UInt64 {
    guard !item.isEmpty else { throw CronError(kind, at: item.lowerBound, .emptyItem) }
    let parts = split(item, at: "/")
    guard parts.count <= 2 else { throw fault(item) }
    let numbers = try self.range(parts[0])
    guard parts.count == 2 else { return Self.bits(numbers.range, step: 1) }
    guard numbers.isRange else {
      throw CronError(kind, at: item.lowerBound, .stepOfNumber(text(parts[0]), upTo: kind.range.upperBound))
    }
    let allowed = 1...kind.range.count
    guard let step = number(parts[1]), allowed.contains(step) else {
      throw CronError(kind, at: parts[1].lowerBound, .step(text(parts[1]), allowed: allowed))
    }
    return Self.bits(numbers.range, step: step)
  }

  private static func bits(_ range: ClosedRange<Int>, step: Int) -> UInt64 {
    stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }

  /// `*`, a range or a value.
  private func range(_ part: Range<Int>) throws(CronError) -> (range: ClosedRange<Int>, isRange: Bool) {
    if text(part) == "*" {
      // Of the days of the week all are 0 to 6; with 7, a step would count Sunday twice.
      return (kind == .dayOfWeek ? 0...6 : kind.range, true)
    }
    let ends = split(part, at: "-")
    guard ends.count <= 2 else { throw fault(part) }
    let first = try value(ends[0], endsRange: false)
    guard ends.count == 2 else { return (first...first, false) }
    let last = try value(ends[1], endsRange: true)
    guard first <= last else { throw CronError(kind, at: part.lowerBound, .reversed(text(part))) }
    return (first...last, true)
  }

  private func value(_ part: Range<Int>, endsRange: Bool) throws(CronError) -> Int {
    let text = text(part)
    if let place = kind.names.firstIndex(of: text.lowercased()) {
      if endsRange, kind == .dayOfWeek, place == 0 { return 7 }
      return place + (kind == .month ? 1 : 0)
    }
    guard !part.isEmpty, bytes[part].allSatisfy({ $0.isDigit }) else { throw fault(part) }
    guard let number = number(part), kind.range.contains(number) else {
      throw CronError(kind, at: part.lowerBound, .number(text, allowed: kind.range))
    }
    return number
  }

  private func number(_ part: Range<Int>) -> Int? {
    part.isEmpty || part.count > 9 || !bytes[part].allSatisfy { $0.isDigit } ? nil : Int(text(part))
  }

  private func fault(_ part: Range<Int>) -> CronError {
    let isDialect =
      bytes[part].contains { "?#~".utf8.contains($0) }
      || ["h", "l", "w", "lw"].contains(String(text(part).lowercased().drop { $0.isNumber }))
      || (kind == .dayOfWeek && kind.names.contains { text(part).lowercased() == $0 + "l" })
    return CronError(
      kind, at: part.lowerBound, isDialect ? .dialect(text(part)) : .item(text(part), names: kind.names))
  }

  private func text(_ part: Range<Int>) -> String { String(decoding: bytes[part], as: UTF8.self) }

  private func split(_ part: Range<Int>, at separator: Unicode.Scalar) -> [Range<Int>] {
    part.split(omittingEmptySubsequences: false) { bytes[$0] == UInt8(ascii: separator) }
  }
}
