/// What lets repin into a forge's API, and into its repositories by https. No description shows it.
package struct ForgeToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// The variable that it is from.
  package let variable: String
  let value: String

  /// The first that is set of the forge's variables.
  ///
  /// - Throws: `.noToken`, or `.malformedToken` where one holds what no token does, such as a line end within it.
  package init(for forge: Forge, environment: [String: String]) throws(PullRequestError) {
    for variable in forge.tokenVariables {
      guard let text = environment[variable] else { continue }
      var bytes = Array(text.utf8)[...]
      // A secret that was pasted often ends in a line feed.
      while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
      while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
      if bytes.isEmpty { continue }
      guard bytes.count <= 8192, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw .malformedToken(variable: variable)
      }
      self.variable = variable
      value = String(decoding: bytes, as: UTF8.self)
      return
    }
    throw .noToken(variables: forge.tokenVariables)
  }

  /// Stars.
  package var description: String { "****" }
  /// Stars.
  package var debugDescription: String { "****" }

  /// The value of the field by which git's server is asked (RFC 7617).
  func basic(user: String) -> String { "Basic \(Self.base64(Array("\(user):\(value)".utf8)))" }

  /// A text from outside without the token, in any form in which it was sent.
  func hidden(in text: String) -> String {
    var text = text.replacing(value, with: "****")
    for forge in Forge.allCases {
      text = text.replacing(basic(user: forge.gitUser).dropFirst("Basic ".count), with: "****")
    }
    return text
  }

  /// RFC 4648, section 4, padded.
  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var group = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      group <<= UInt32(8 * (3 - part.count))
      for index in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * index) & 0x3F)
        result.append(index <= part.count ? alphabet[digit] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
