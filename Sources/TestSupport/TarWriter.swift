/// Writes tar files, also such as no program should: names and kinds go in as they are given.
package struct TarWriter {
  /// An entry's type flag (POSIX.1-2017, pax, "ustar Interchange Format").
  package enum Kind: Character, Sendable {
    case file = "0"
    case hardLink = "1"
    case symbolicLink = "2"
    case characterDevice = "3"
    case blockDevice = "4"
    case directory = "5"
    case pipe = "6"
    case contiguous = "7"
    case unknown = "Z"
    /// GNU's name of the next entry.
    case longName = "L"
    /// Attributes of the next entry.
    case attributes = "x"
    /// Attributes of all entries that follow.
    case globalAttributes = "g"
  }

  private var bytes: [UInt8] = []

  /// An archive without entries.
  package init() {}

  /// Adds an entry; `size` is what its header says, where that isn't the number of bytes.
  package mutating func add(
    _ name: String, _ contents: [UInt8] = [], kind: Kind = .file, mode: Int = 0o644,
    modified: Int = 1_700_000_000, target: String = "", size: Int? = nil
  ) {
    add(Array(name.utf8), contents, kind: kind, mode: mode, modified: modified, target: target, size: size)
  }

  /// Adds a file of this text.
  package mutating func add(_ name: String, _ text: String) { add(name, Array(text.utf8)) }

  /// Adds an entry whose name may be of no encoding.
  package mutating func add(
    _ name: [UInt8], _ contents: [UInt8] = [], kind: Kind = .file, mode: Int = 0o644,
    modified: Int = 1_700_000_000, target: String = "", size: Int? = nil
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ field: some Collection<UInt8>, at offset: Int, width: Int) {
      for (index, byte) in field.prefix(width).enumerated() { header[offset + index] = byte }
    }
    func put(number: Int, at offset: Int, width: Int) {
      let digits = String(number, radix: 8)
      if number >= 0 && digits.utf8.count < width {
        put(
          (String(repeating: "0", count: width - 1 - digits.utf8.count) + digits).utf8, at: offset,
          width: width)
      } else {
        // GNU's way: big-endian in base 256, with the first bit set.
        for index in 0..<width {
          header[offset + width - 1 - index] = UInt8(truncatingIfNeeded: number >> min(index * 8, 63))
        }
        header[offset] |= 0x80
      }
    }
    put(name, at: 0, width: 100)
    put(number: mode, at: 100, width: 8)
    put(number: 0, at: 108, width: 8)
    put(number: 0, at: 116, width: 8)
    put(number: size ?? contents.count, at: 124, width: 12)
    put(number: modified, at: 136, width: 12)
    put(String(repeating: " ", count: 8).utf8, at: 148, width: 8)
    put(String(kind.rawValue).utf8, at: 156, width: 1)
    put(target.utf8, at: 157, width: 100)
    put("ustar\u{0}00".utf8, at: 257, width: 8)
    put(number: header.reduce(0) { $0 + Int($1) }, at: 148, width: 7)
    bytes += header
    append(contents)
  }

  /// Adds attributes, of the next entry or of all that follow.
  package mutating func addAttributes(_ attributes: [(key: String, value: String)], isGlobal: Bool = false) {
    var records = ""
    for (key, value) in attributes {
      // A record's length counts itself.
      let count = key.utf8.count + value.utf8.count + 3
      var length = count + String(count).utf8.count
      length = count + String(length).utf8.count
      records += "\(length) \(key)=\(value)\n"
    }
    add("attributes", Array(records.utf8), kind: isGlobal ? .globalAttributes : .attributes)
  }

  /// Adds bytes in blocks, whatever they are.
  package mutating func append(_ contents: [UInt8]) {
    bytes += contents
    bytes += [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
  }

  /// The whole file, with the mark of its end.
  package func finished() -> [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
