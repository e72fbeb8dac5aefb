import JSONReading
import PythonPackaging

// What a record's texts stand for.
extension AdvisoryRecordReader {
  func moment(_ text: JSONText) -> Int64? {
    Timestamp.milliseconds(scanner.string(of: text)).map(AdvisoryRecordReader.seconds)
  }

  /// Full seconds, those before 1970 too.
  static func seconds(_ milliseconds: Int64) -> Int64 {
    milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
  }

  /// A text as one line: its lines joined by spaces, what can't be printed replaced.
  func line(_ text: String) -> String {
    var line = ""
    for word in text.unicodeScalars.prefix(8 * AdvisoryRecord.Limit.summary)
      .split(whereSeparator: \.properties.isWhitespace)
    {
      if !line.isEmpty { line += " " }
      line.unicodeScalars.append(contentsOf: word)
    }
    return PrintableText.excerpt(line, limit: AdvisoryRecord.Limit.summary)
  }

  /// Whether a text may be an address that a reader follows: of `http` or `https`, and nothing that ends an address
  /// where it is written down.
  func isWebAddress(_ text: String) -> Bool {
    guard text.utf8.starts(with: "https://".utf8) || text.utf8.starts(with: "http://".utf8) else {
      return false
    }
    var isASCII = true
    for byte in text.utf8 {
      switch byte {
      case 0...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x60, 0x7F: return false
      default: isASCII = isASCII && byte < 0x80
      }
    }
    return isASCII
      || text.unicodeScalars.allSatisfy { PrintableText.isPrintable($0) && !$0.properties.isWhitespace }
  }
}

// The scanner's steps with this reader's failure.
extension AdvisoryRecordReader {
  /// Begins an array or an object; passes over any other value and gives false.
  mutating func begins(_ kind: JSONScanner.Kind) throws(Failure) -> Bool {
    do throws(JSONError) {
      guard try scanner.kind() == kind else {
        try scanner.skipValue()
        return false
      }
      if kind == .array { try scanner.beginArray() } else { try scanner.beginObject() }
      return true
    } catch { throw Failure(error) }
  }

  mutating func nextName() throws(Failure) -> JSONText? {
    do throws(JSONError) { return try scanner.nextName() } catch { throw Failure(error) }
  }

  mutating func nextElement() throws(Failure) -> Bool {
    do throws(JSONError) { return try scanner.nextElement() } catch { throw Failure(error) }
  }

  mutating func text() throws(Failure) -> JSONText? {
    do throws(JSONError) { return try scanner.textIfString() } catch { throw Failure(error) }
  }

  mutating func skipValue() throws(Failure) {
    do throws(JSONError) { try scanner.skipValue() } catch { throw Failure(error) }
  }

  /// Counts one more.
  func check(_ count: inout Int, _ counted: AdvisoryRecordError.Counted, limit: Int) throws(Failure) {
    count += 1
    if count > limit { throw Failure(offset: scanner.offset, .tooMany(counted, limit: limit)) }
  }
}
