import PythonPackaging
import Testing

/// Every row of `tags.tsv` holds.
struct TagOracleTests {
  private static func platform(_ fields: ArraySlice<String>) throws -> Platform {
    let fields = Array(fields)
    let (major, minor) = (Int(fields[1]) ?? -1, Int(fields[2]) ?? -1)
    return switch fields[0] {
    case "manylinux": .manylinux(glibcMajor: major, glibcMinor: minor, architecture: fields[3])
    case "musllinux": .musllinux(major: major, minor: minor, architecture: fields[3])
    case "linux": .linux(architecture: fields[3])
    case "macos": .macOS(major: major, minor: minor, architecture: fields[3])
    case "windows": .windows(architecture: fields[3])
    default: .other(tag: fields[3])
    }
  }

  @Test func listsPlatformTagsAsPackagingDoes() throws {
    for row in try OracleTable("tags.tsv").rows("platform", atLeast: 90) {
      #expect(try Self.platform(row.fields[1...4]).tags == row.items(5), "\(row.line)")
    }
  }

  @Test func listsTriplesAsPackagingDoes() throws {
    for row in try OracleTable("tags.tsv").rows("triples", atLeast: 200) {
      let tags = CompatibilityTags(
        python: (try #require(Int(row.fields[2])), try #require(Int(row.fields[3]))),
        implementation: Implementation(name: row.fields[1]), platform: try Self.platform(row.fields[5...8]),
        freeThreaded: row.fields[4].contains("t"), isDebug: row.fields[4].contains("d"))
      let all = tags.all
      #expect(all.count == Int(row.fields[9]), "\(row.line)")
      if row.fields[11] != "-" { #expect(all == row.items(11), "\(row.line)") }
      #expect(
        Self.hash(all.joined(separator: " ")) == UInt64(row.fields[10], radix: 16), "\(row.fields[1...8])")
    }
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
