import TOMLKit

extension TOMLOutline {
  /// The library's table with the places of a node.
  ///
  /// What the node doesn't know stands behind what it knows, at the place of the table.
  /// - Parameter place: Where the table stands if there is no node.
  func table(_ source: TOMLKit.TOMLTable, at node: Int?, near place: TOMLPlace) -> TOMLTable {
    let place = node.map { nodes[$0].valuePlace } ?? place
    var entries: [TOMLTable.Entry] = []
    for child in node.map({ nodes[$0].children }) ?? [] {
      let key = String(decoding: nodes[child].name, as: UTF8.self)
      guard let value = source[key], let item = item(value, at: child, near: place) else { continue }
      entries.append(TOMLTable.Entry(key: key, place: nodes[child].place, item: item))
    }
    if entries.count < source.count {
      let known = Set(entries.map { Array($0.key.utf8) })
      for key in source.keys where !known.contains(Array(key.utf8)) {
        guard let value = source[key], let item = item(value, at: nil, near: place) else { continue }
        entries.append(TOMLTable.Entry(key: key, place: place, item: item))
      }
    }
    return TOMLTable(entries: entries, place: place)
  }

  private func item(
    _ source: any TOMLValueConvertible, at node: Int?, near place: TOMLPlace
  ) -> TOMLItem? {
    let place = node.map { nodes[$0].valuePlace } ?? place
    guard let value = value(source, at: node, near: place) else { return nil }
    return TOMLItem(value: value, place: place, textStart: node.flatMap { nodes[$0].textStart })
  }

  private func value(
    _ source: any TOMLValueConvertible, at node: Int?, near place: TOMLPlace
  ) -> TOMLValue? {
    switch source.type {
    case .string: return source.string.map(TOMLValue.string)
    case .int: return source.int.map(TOMLValue.integer)
    case .double: return source.double.map(TOMLValue.float)
    case .bool: return source.bool.map(TOMLValue.boolean)
    case .date, .time, .dateTime:
      // The library knows the parts of a date but not how it is written.
      guard let range = node.flatMap({ nodes[$0].source }) else { return .dateTime(source.debugDescription) }
      return .dateTime(String(decoding: bytes[range], as: UTF8.self))
    case .table:
      return source.table.map { .table(table($0, at: node, near: place)) }
    case .array:
      let children = node.map { nodes[$0].children } ?? []
      return source.array.map { array in
        .array(
          array.enumerated().compactMap { index, value in
            item(value, at: index < children.count ? children[index] : nil, near: place)
          })
      }
    }
  }
}
