/// One `--config-settings KEY=VALUE` for a build backend (PEP 517).
package struct ConfigSetting: Sendable, Hashable {
  /// The setting.
  package var key: String
  /// Its value; empty after a bare `=`.
  package var value: String

  /// A value of the given parts.
  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

extension ConfigSetting {
  /// `KEY=VALUE`; nil without `=`.
  init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    self.init(key: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}
