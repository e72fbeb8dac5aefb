/// Who may ask the keyring for passwords, by pip's names for it.
package enum KeyringProvider: String, Sendable, Hashable, CaseIterable {
  /// `keyring`, if it is on PATH.
  case auto
  /// The same; pip, which builds install their requirements with, is told to as well.
  case subprocess
  /// Nobody.
  case disabled

  /// Nil for a name that is none. pip's `import` is the same keyring, asked from within Python.
  package init?(_ name: String) {
    if name == "import" { self = .subprocess } else { self.init(rawValue: name) }
  }
}
