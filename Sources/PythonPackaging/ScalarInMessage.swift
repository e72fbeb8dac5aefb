/// The scalar that starts at an index of UTF-8 bytes, nil at their end, U+FFFD where they aren't UTF-8.
func scalar(at index: Int, in bytes: Span<UInt8>) -> Unicode.Scalar? {
  guard index < bytes.count else { return nil }
  if bytes[index] < 0x80 { return Unicode.Scalar(bytes[index]) }
  var sequence: [UInt8] = []
  for position in index..<min(index + 4, bytes.count) { sequence.append(bytes[position]) }
  return String(decoding: sequence, as: UTF8.self).unicodeScalars.first
}

/// A scalar from outside as it may be shown: printable ASCII in backticks, anything else by its code point.
func quoted(_ scalar: Unicode.Scalar?) -> String {
  guard let scalar else { return "the end" }
  if scalar == " " { return "a space" }
  guard scalar.value > 0x20, scalar.value < 0x7F else {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
  return scalar == "`" ? "a backtick" : "`\(scalar)`"
}
