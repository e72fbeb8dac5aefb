/// What ``HookScript`` is asked to do, as JSON (RFC 8259).
struct HookRequest: Sendable {
  var hook: String
  /// As `module:object`.
  var backend: String
  /// Absolute paths.
  var backendPath: [String]
  /// Where the hook puts what it makes.
  var directory: String
  /// The most bytes of metadata.
  var limit: Int
  /// When it is ended, in seconds since 1970-01-01 00:00 UTC.
  var deadline: Double
  /// A hook that is called as well if the first asks for nothing, and what is written before it.
  var following: (hook: String, heading: String)?

  var json: String {
    let paths = backendPath.map(HookRequest.literal).joined(separator: ", ")
    let following = following.map { HookRequest.literal($0.hook) } ?? "null"
    let heading = HookRequest.literal(self.following?.heading ?? "")
    return """
      {"hook": \(HookRequest.literal(hook)), "backend": \(HookRequest.literal(backend)), "backend_path": [\(paths)],
       "directory": \(HookRequest.literal(directory)), "limit": \(limit), "deadline": \(deadline),
       "following": \(following), "heading": \(heading)}
      """
  }

  private static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\0"..."\u{1f}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
