/// `${NAME}` in a requirements file: pip replaces it by the environment's value; only upper-case letters,
/// digits and `_` make a name (POSIX, IEEE Std 1003.1).
package enum EnvironmentVariable {
  /// Whether a byte may stand in a name.
  package static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// The names in a text, in order, each as often as it is there.
  package static func names(in text: some Sequence<UInt8>) -> [String] {
    places(in: Array(text)).map(\.name)
  }

  /// `text` with the values of those variables that have one; the others stay as they are written.
  package static func expanded(_ text: String, by value: (String) -> String?) -> String {
    let bytes = Array(text.utf8)
    var result = ""
    var end = 0
    for (name, place) in places(in: bytes) {
      guard let value = value(name), !value.isEmpty else { continue }
      result += String(decoding: bytes[end..<place.lowerBound], as: UTF8.self) + value
      end = place.upperBound
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }

  private static func places(in text: [UInt8]) -> [(name: String, place: Range<Int>)] {
    var places: [(name: String, place: Range<Int>)] = []
    var index = 0
    while index + 3 < text.count {
      guard text[index] == UInt8(ascii: "$"), text[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      let name = text[(index + 2)...].prefix(while: isNameByte)
      if !name.isEmpty, name.endIndex < text.count, text[name.endIndex] == UInt8(ascii: "}") {
        places.append((String(decoding: name, as: UTF8.self), index..<name.endIndex + 1))
        index = name.endIndex + 1
      } else {
        index += 2
      }
    }
    return places
  }
}
