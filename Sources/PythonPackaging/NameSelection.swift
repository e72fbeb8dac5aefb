/// The lists of package names that pip's selecting options take.
package enum NameSelection {
  /// Every package.
  package static let all = ":all:"
  /// Empties the list.
  package static let none = ":none:"

  /// Adds the names of `value` to `target` and takes them from `other`; `:all:` replaces both, `:none:` empties
  /// the target.
  package static func apply(_ value: String, to target: inout Set<String>, excluding other: inout Set<String>)
  {
    var names = value.split(separator: ",", omittingEmptySubsequences: false)[...]
    while let position = names.firstIndex(of: Substring(all)) {
      other = []
      target = [all]
      names = names[(position + 1)...]
      // without `:none:` what follows is covered already
      if !names.contains(Substring(none)) { return }
    }
    for name in names {
      if name == none {
        target = []
        continue
      }
      let canonical = canonicalized(name)
      other.remove(canonical)
      target.insert(canonical)
    }
  }

  /// PEP 503 without the check: runs of `-_.` become one `-`, letters lower case.
  package static func canonicalized(_ name: some StringProtocol) -> String {
    var result: [UInt8] = []
    for byte in name.lowercased().utf8 {
      let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      if !isSeparator {
        result.append(byte)
      } else if result.last != UInt8(ascii: "-") {
        result.append(UInt8(ascii: "-"))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
