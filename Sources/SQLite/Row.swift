import CSQLite

/// The row a statement stands at; valid until its next step or reset, hence not copyable.
package struct Row: ~Copyable {
  private let pointer: OpaquePointer

  init(pointer: OpaquePointer) { self.pointer = pointer }

  /// Of the statement.
  package var columnCount: Int { Int(sqlite3_column_count(pointer)) }

  /// Whether the column is `NULL`.
  package func isNull(at index: Int) -> Bool {
    sqlite3_column_type(pointer, position(index)) == SQLITE_NULL
  }

  /// `NULL` reads as 0.
  package func integer(at index: Int) -> Int64 { sqlite3_column_int64(pointer, position(index)) }

  /// `NULL` reads as 0.
  package func real(at index: Int) -> Double { sqlite3_column_double(pointer, position(index)) }

  /// Bytes that aren't UTF-8 read as U+FFFD.
  package func text(at index: Int) -> String {
    guard let start = sqlite3_column_text(pointer, position(index)) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, position(index)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// `NULL` reads as empty.
  package func blob(at index: Int) -> [UInt8] {
    guard let start = sqlite3_column_blob(pointer, position(index)) else { return [] }
    let count = Int(sqlite3_column_bytes(pointer, position(index)))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Nil for `NULL`.
  package func optionalInteger(at index: Int) -> Int64? { isNull(at: index) ? nil : integer(at: index) }
  /// Nil for `NULL`.
  package func optionalReal(at index: Int) -> Double? { isNull(at: index) ? nil : real(at: index) }
  /// Nil for `NULL`.
  package func optionalText(at index: Int) -> String? { isNull(at: index) ? nil : text(at: index) }
  /// Nil for `NULL`.
  package func optionalBlob(at index: Int) -> [UInt8]? { isNull(at: index) ? nil : blob(at: index) }

  /// The value in its own storage class.
  package func value(at index: Int) -> Value {
    switch sqlite3_column_type(pointer, position(index)) {
    case SQLITE_INTEGER: .integer(integer(at: index))
    case SQLITE_FLOAT: .real(real(at: index))
    case SQLITE_TEXT: .text(text(at: index))
    case SQLITE_BLOB: .blob(blob(at: index))
    default: .null
    }
  }

  private func position(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: index) }
}
