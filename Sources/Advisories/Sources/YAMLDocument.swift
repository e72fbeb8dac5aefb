import CYAML

/// Turns a YAML 1.1 document into JSON in which every scalar is a string: `1.10` is a version here and no number, and
/// `2026-01-31` no date. A plain scalar that is empty or a word for null is `null`.
///
/// Only what libyaml's parser tells is used, event by event, so that nothing is built of what is refused: aliases, keys
/// that are no scalars or come twice, a second document, what is too large or too deep. Tags are passed over.
enum YAMLDocument {
  /// Bytes of a text.
  static let greatestSize = 4 << 20
  /// Levels of mappings and sequences inside one another.
  static let greatestDepth = 32

  /// The JSON of a document.
  static func json(_ text: [UInt8]) throws(YAMLError) -> [UInt8] {
    guard text.count <= greatestSize else {
      throw YAMLError(line: 1, column: 1, reason: .tooLarge(limit: greatestSize))
    }
    // libyaml keeps the parser's address.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(line: 1, column: 1, reason: .outOfMemory)
    }
    defer { yaml_parser_delete(parser) }
    let outcome = text.withUnsafeBufferPointer { buffer -> Result<[UInt8], YAMLError> in
      // It takes an empty input for none.
      guard let base = buffer.baseAddress, !buffer.isEmpty else {
        return .failure(YAMLError(line: 1, column: 1, reason: .empty))
      }
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(parser, base, buffer.count)
      return Result { () throws(YAMLError) in try read(parser) }
    }
    return try outcome.get()
  }

  private static func read(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(YAMLError) -> [UInt8] {
    var writer = YAMLWriter()
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw error(of: parser.pointee) }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { break }
      do throws(YAMLWriter.Fault) {
        try writer.write(event)
      } catch {
        throw YAMLError(
          line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1, reason: error.reason
        )
      }
    }
    guard writer.hasValue else { throw YAMLError(line: 1, column: 1, reason: .empty) }
    return writer.text.bytes
  }

  private static func error(of parser: yaml_parser_t) -> YAMLError {
    let words = parser.problem.map { String(cString: $0) } ?? "unreadable"
    return YAMLError(
      line: Int(parser.problem_mark.line) + 1, column: Int(parser.problem_mark.column) + 1,
      reason: parser.error == YAML_MEMORY_ERROR ? .outOfMemory : .syntax(words))
  }
}

/// Writes JSON from the events of a YAML document.
private struct YAMLWriter {
  struct Fault: Error {
    let reason: YAMLError.Reason
  }

  /// A mapping or sequence that is begun and not ended.
  private struct Level {
    /// The keys so far; nil for a sequence.
    var keys: Set<[UInt8]>?
    /// A key was read, and its value wasn't.
    var isBehindKey = false
    var isEmpty = true
  }

  private(set) var text = JSONWriting()
  private var levels: [Level] = []
  private var documents = 0
  /// Anything but `null`.
  private(set) var hasValue = false

  mutating func write(_ event: yaml_event_t) throws(Fault) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documents += 1
      if documents > 1 { throw Fault(reason: .secondDocument) }
    case YAML_ALIAS_EVENT: throw Fault(reason: .alias)
    case YAML_SCALAR_EVENT: try writeScalar(event.data.scalar)
    case YAML_SEQUENCE_START_EVENT: try begin("[", Level())
    case YAML_MAPPING_START_EVENT: try begin("{", Level(keys: []))
    case YAML_SEQUENCE_END_EVENT: end("]")
    case YAML_MAPPING_END_EVENT: end("}")
    default: break
    }
  }

  private mutating func begin(_ bracket: StaticString, _ level: Level) throws(Fault) {
    if let above = levels.last, above.keys != nil, !above.isBehindKey { throw Fault(reason: .key) }
    guard levels.count < YAMLDocument.greatestDepth else {
      throw Fault(reason: .tooDeep(limit: YAMLDocument.greatestDepth))
    }
    separate()
    text.raw(bracket)
    levels.append(level)
    hasValue = true
  }

  private mutating func end(_ bracket: StaticString) {
    levels.removeLast()
    text.raw(bracket)
  }

  /// What stands before a value or a key.
  private mutating func separate() {
    guard var level = levels.popLast() else { return }
    if level.isBehindKey {
      text.raw(":")
      level.isBehindKey = false
    } else {
      if !level.isEmpty { text.raw(",") }
      level.isBehindKey = level.keys != nil
    }
    level.isEmpty = false
    levels.append(level)
  }

  private mutating func writeScalar(_ scalar: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar)
    throws(Fault)
  {
    let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let isKey = levels.last.map { $0.keys != nil && !$0.isBehindKey } ?? false
    if isKey, levels[levels.count - 1].keys?.insert(Array(value)).inserted == false {
      throw Fault(reason: .repeatedKey(String(decoding: value, as: UTF8.self)))
    }
    separate()
    if !isKey, scalar.style == YAML_PLAIN_SCALAR_STYLE, YAMLWriter.isNull(value) {
      text.raw("null")
    } else {
      text.string(value)
      hasValue = true
    }
  }

  /// `null` and its other spellings (YAML 1.1, "Null Language-Independent Type").
  private static func isNull(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    value.isEmpty || ["~", "null", "Null", "NULL"].contains { value.elementsEqual($0.utf8) }
  }
}
