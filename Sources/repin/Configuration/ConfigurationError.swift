import PythonPackaging

/// Why a configuration can't be used: the place, what is there, what may be.
struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// `repin.toml:3:1`, or a variable's name.
  let place: String
  let found: String
  let expected: String
  /// What would help.
  var hint: String?

  /// `repin.toml:3:1: found …, expected …`.
  var description: String {
    "\(place): found \(PrintableText.escaped(found, limit: 300)), expected \(PrintableText.escaped(expected, limit: 300))"
  }
}
