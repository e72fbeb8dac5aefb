/// Why no environment can be made of a Python version and a platform's name.
package enum TargetEnvironmentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text is not `X.Y` or `X.Y.Z` with an optional pre-release.
  case pythonVersion(String)
  /// No platform has this name; the known names closest to it, the closest first, none where none is close.
  case platformName(String, closest: [String])

  /// The reason as a phrase.
  package var description: String {
    switch self {
    case .pythonVersion(let text): "\(text.quoted) is not a Python version such as `3.12` or `3.12.4`"
    case .platformName(let text, let closest) where closest.isEmpty:
      "\(text.quoted) is not the name of a platform; there are `linux`, `macos`, `windows` and more of those systems"
    case .platformName(let text, let closest):
      "\(text.quoted) is not the name of a platform; the closest "
        + (closest.count == 1 ? "is " : "are ")
        + closest.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
