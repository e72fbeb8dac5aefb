/// A header of a TOML text with the pairs below it, as far as they can be read.
///
/// Example: of `[package.source]⏎type = "git"` the path is `package`, `source` and the table has `type`.
package struct TOMLSection: Sendable {
  /// A value that nobody asked for.
  package struct SkippedValue: Sendable, Hashable {
    /// The first part of its key.
    package let key: String
    /// The number of its items, if it is an array; else 1.
    package let count: Int

    /// A value of the given parts.
    package init(key: String, count: Int) {
      self.key = key
      self.count = count
    }
  }

  /// The parts of the header's key; empty for what stands above the first header.
  package internal(set) var path: [String]
  /// Whether the header can be read; if not, the path is empty.
  package internal(set) var isHeaderReadable = true
  /// Whether the header is a `[[header]]`.
  package internal(set) var isTableArray: Bool
  /// Where the header stands.
  package internal(set) var place: TOMLPlace
  /// The pairs that were asked for.
  package internal(set) var table: TOMLTable
  /// The others.
  package internal(set) var skipped: [SkippedValue] = []
  /// What is wrong in the section, its first fault; what could be read around it is there.
  package internal(set) var fault: TOMLError?
  /// Whether a key is given a second time, which isn't read: then what follows may belong to a header that is damaged.
  package internal(set) var hasRepeatedKey = false
}

/// Reads a TOML text section by section, without the library: for files that are large, and for damaged ones, whose other
/// sections are wanted all the same.
///
/// The grammar is the scanner's. What only the library judges isn't judged here (whether a date is in the calendar, a
/// table defined twice); a key given twice within a section is. After a fault the reading goes on at the next line that
/// begins with a header or a key with its `=`. Each step ends further on in the text, so that the time is linear.
///
///     var sections = TOMLSections(bytes)
///     while let section = sections.next(keeping: { _, key in key == "name" }) { … }
package struct TOMLSections: Sendable {
  private var scanner: TOMLScanner
  private var hasBegun = false

  /// A reader at the start of a text.
  ///
  /// - Parameter bytes: UTF-8 without a byte order mark.
  package init(_ bytes: [UInt8]) {
    scanner = TOMLScanner(bytes)
  }

  /// The next section; nil behind the last. The first is what stands above all headers, which may be nothing.
  ///
  /// - Parameter isWanted: Whether a pair is kept, by the path of its section and the first part of its key.
  package mutating func next(keeping isWanted: ([String], String) -> Bool) -> TOMLSection? {
    var section = TOMLSection(
      path: [], isTableArray: false, place: .start, table: .empty)
    if hasBegun {
      guard scanner.peek != nil else { return nil }
      let start = scanner.position
      do throws(TOMLError) {
        (section.path, section.isTableArray, section.place) = try scanner.sectionHeader()
        try scanner.endLine()
      } catch {
        section.place = scanner.place(at: start)
        section.fault = error
        section.isHeaderReadable = !section.path.isEmpty
        scanner.recover(from: error, in: start)
      }
    }
    hasBegun = true
    var entries: [TOMLTable.Entry] = []
    var keys: Set<String> = []
    while scanner.isBeforePair() {
      let start = scanner.position
      do throws(TOMLError) {
        try pair(in: &section, &entries, &keys, isWanted)
        try scanner.endLine()
      } catch {
        if section.fault == nil { section.fault = error }
        if error.isGivenTwice { section.hasRepeatedKey = true }
        scanner.recover(from: error, in: start)
      }
    }
    section.table = TOMLTable(entries: entries, place: section.place)
    return section
  }

  private mutating func pair(
    in section: inout TOMLSection, _ entries: inout [TOMLTable.Entry], _ keys: inout Set<String>,
    _ isWanted: ([String], String) -> Bool
  ) throws(TOMLError) {
    let (path, place) = try scanner.keyPath()
    guard let first = path.first else { return }
    guard isWanted(section.path, first) else {
      section.skipped.append(.init(key: first, count: try scanner.skipItem(depth: 1)))
      return
    }
    let item = try scanner.item(depth: path.count)
    guard path.count == 1 else { return try entries.insert(item, at: path[...], keyPlace: place) }
    guard keys.insert(first).inserted, !entries.hasTable(first) else { throw .givenTwice(first, at: place) }
    entries.append(TOMLTable.Entry(key: first, place: place, item: item))
  }
}

extension [TOMLTable.Entry] {
  /// The greatest number of keys that dotted keys, inline tables and headers below a header make in a table; a key is looked
  /// for among them all.
  private static let greatestCount = 128

  /// Whether dotted keys have made a table of this name.
  fileprivate func hasTable(_ key: String) -> Bool {
    prefix(Self.greatestCount).contains { entry in
      if case .table = entry.item.value { entry.key == key } else { false }
    }
  }

  /// Puts an item below a dotted key.
  ///
  /// - Throws: ``TOMLError`` if the key has a value already, or a part of it one that is no table.
  mutating func insert(
    _ item: TOMLItem, at path: ArraySlice<String>, keyPlace place: TOMLPlace
  ) throws(TOMLError) {
    guard let key = path.first else { return }
    let rest = path.dropFirst()
    guard count < Self.greatestCount else {
      throw TOMLError(place: place, reason: .tooMany(limit: Self.greatestCount))
    }
    let known = firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
    if rest.isEmpty {
      guard known == nil else { throw .givenTwice(key, at: place) }
      append(TOMLTable.Entry(key: key, place: place, item: item))
      return
    }
    var inner: [TOMLTable.Entry] = []
    var start = place
    if let known {
      guard case .table(let table) = self[known].item.value else { throw .givenTwice(key, at: place) }
      inner = table.entries
      start = table.place
    }
    try inner.insert(item, at: rest, keyPlace: place)
    let table = TOMLItem(value: .table(TOMLTable(entries: inner, place: start)), place: start, textStart: nil)
    let entry = TOMLTable.Entry(key: key, place: start, item: table)
    if let known { self[known] = entry } else { append(entry) }
  }
}

extension TOMLError {
  fileprivate static func givenTwice(_ key: String, at place: TOMLPlace) -> TOMLError {
    TOMLError(place: place, reason: .invalid("the key '\(key)' \(givenTwiceWords)"))
  }

  fileprivate var isGivenTwice: Bool {
    if case .invalid(let phrase) = reason { phrase.hasSuffix(Self.givenTwiceWords) } else { false }
  }

  private static let givenTwiceWords = "is given a second time"
}

extension TOMLTable {
  /// A table without pairs, at the start of a text.
  package static let empty = TOMLTable(entries: [], place: .start)

  /// The table with another one's pairs below a key, which a header of its own gives: `[package.source]`.
  ///
  /// - Throws: ``TOMLError`` if one of the keys has a value already.
  package func adding(_ section: TOMLTable, at path: ArraySlice<String>) throws(TOMLError) -> TOMLTable {
    var entries = entries
    let item = TOMLItem(value: .table(section), place: section.place, textStart: nil)
    try entries.insert(item, at: path, keyPlace: section.place)
    return TOMLTable(entries: entries, place: place)
  }
}
