import CYAML

/// A document as libyaml reads it: text, lists and mappings, whose keys are in their order.
indirect enum YAMLValue: Equatable {
  case text(String)
  case list([YAMLValue])
  case mapping([Entry])

  struct Entry: Equatable {
    let key: String
    let value: YAMLValue
  }

  struct Unreadable: Error {}

  /// Reads the one document of a text; aliases, tags, repeated keys and comments in the wrong place fail.
  init(_ text: String) throws {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { throw Unreadable() }
    defer { yaml_parser_delete(parser) }
    self = try Array(text.utf8).withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { throw Unreadable() }
      yaml_parser_set_input_string(parser, base, bytes.count)
      guard try Self.event(parser) == .streamStart, try Self.event(parser) == .documentStart else {
        throw Unreadable()
      }
      let value = try Self.value(try Self.event(parser), parser)
      guard try Self.event(parser) == .documentEnd, try Self.event(parser) == .streamEnd else {
        throw Unreadable()
      }
      return value
    }
  }

  private enum Event: Equatable {
    case streamStart, streamEnd, documentStart, documentEnd, listStart, listEnd, mappingStart, mappingEnd
    case text(String)
  }

  private static func event(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw Unreadable() }
    defer { yaml_event_delete(&event) }
    switch event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_SEQUENCE_START_EVENT: return .listStart
    case YAML_SEQUENCE_END_EVENT: return .listEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      guard scalar.tag == nil, scalar.anchor == nil else { throw Unreadable() }
      return .text(
        String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self))
    default: throw Unreadable()
    }
  }

  private static func value(_ event: Event, _ parser: UnsafeMutablePointer<yaml_parser_t>) throws -> YAMLValue
  {
    switch event {
    case .text(let text): return .text(text)
    case .listStart:
      var items: [YAMLValue] = []
      while true {
        let next = try Self.event(parser)
        if next == .listEnd { return .list(items) }
        items.append(try value(next, parser))
      }
    case .mappingStart:
      var entries: [Entry] = []
      while true {
        let next = try Self.event(parser)
        if next == .mappingEnd { return .mapping(entries) }
        guard case .text(let key) = next, !entries.contains(where: { $0.key == key }) else {
          throw Unreadable()
        }
        entries.append(Entry(key: key, value: try value(try Self.event(parser), parser)))
      }
    default: throw Unreadable()
    }
  }

  subscript(key: String) -> YAMLValue? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var items: [YAMLValue] { if case .list(let items) = self { items } else { [] } }

  var keys: [String] { if case .mapping(let entries) = self { entries.map(\.key) } else { [] } }

  /// All texts in it, keys too.
  var allTexts: [String] {
    switch self {
    case .text(let text): [text]
    case .list(let items): items.flatMap(\.allTexts)
    case .mapping(let entries): entries.flatMap { [$0.key] + $0.value.allTexts }
    }
  }
}
