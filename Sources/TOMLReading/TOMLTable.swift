/// A table of a TOML document, its keys in the order in which the document first names them.
///
///     let document = try TOMLDocument(bytes)
///     guard case .array(let items)? = document.root["requires"] else { … }
///     for item in items { print("error at pyproject.toml:\(item.place): …") }
package struct TOMLTable: Sendable, Hashable {
  /// A key with its value.
  package struct Entry: Sendable, Hashable {
    /// The key, its escapes resolved.
    package let key: String
    /// Where the key stands: for a table its header `[key]`, if it has one, else where it is first named.
    package let place: TOMLPlace
    /// The value and where it stands.
    package let item: TOMLItem
  }

  /// The keys with their values, in the document's order.
  package let entries: [Entry]
  /// Where the table begins; see ``TOMLItem/place``. The root's is the start of the document.
  package let place: TOMLPlace

  /// The keys, in the document's order.
  package var keys: [String] { entries.map(\.key) }

  /// The value of a key; nil if there is no such key.
  package subscript(key: String) -> TOMLValue? { item(key)?.value }

  /// The value of a key and its place; nil if there is no such key.
  package func item(_ key: String) -> TOMLItem? { entry(key)?.item }

  /// Where a key stands; the table's own place if there is no such key.
  package func place(of key: String) -> TOMLPlace { entry(key)?.place ?? place }

  /// Keys are compared by their scalars, as TOML has it, not by canonical equivalence.
  private func entry(_ key: String) -> Entry? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }
  }
}
