extension String {
  /// Python's order of strings, by code point (the order of UTF-8 bytes is the same); the same in any locale.
  static func codePointOrder(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
