import TestSupport
import Testing

@testable import ZipReading

@Suite struct ZipFileTests {
  /// What became of each entry, or of the file.
  private func outcome(_ bytes: [UInt8], limits: ZipFile.Limits = ZipFile.Limits()) -> [String] {
    let directory = TemporaryDirectory()
    directory.write("a.zip", bytes)
    var lines: [String] = []
    do throws(ZipError) {
      var file = try ZipFile(path: directory.file("a.zip"), limits: limits)
      while let entry = try file.next() {
        let name = String(decoding: entry.name, as: UTF8.self)
        do throws(ZipError) {
          lines.append("\(name) \(try file.contents(of: entry).count)")
        } catch {
          lines.append("\(name): \(error)")
          if !error.isOfOneEntry { throw error }
        }
      }
    } catch {
      lines.append("file: \(error)")
    }
    return lines
  }

  private static let text = Array(String(repeating: "an advisory, and what it says. ", count: 40).utf8)

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: @Sendable () -> [UInt8]
    var limits: @Sendable (inout ZipFile.Limits) -> Void = { _ in }
    var lines: [String]
  }

  private static func zip(isZip64: Bool = false, _ fill: (inout ZipWriter) -> Void) -> [UInt8] {
    var writer = ZipWriter(isZip64: isZip64)
    fill(&writer)
    return writer.finished(comment: "PK\u{5}\u{6}")
  }

  static let cases = [
    Case(
      testDescription: "stored and deflated",
      bytes: {
        zip {
          $0.add("a", text)
          $0.add("b", text, method: .stored)
          $0.add("empty", [])
        }
      }, lines: ["a 1240", "b 1240", "empty 0"]),
    Case(
      testDescription: "Zip64", bytes: { zip(isZip64: true) { $0.add("a", text) } }, lines: ["a 1240"]),
    Case(testDescription: "no entries", bytes: { zip { _ in } }, lines: []),
    Case(
      testDescription:
        "an entry that is encrypted, one of a method of its own, one whose sum is wrong, one good",
      bytes: {
        zip {
          $0.add("a", text, claims: .init(flags: 1))
          $0.add("b", text, claims: .init(method: 14))
          $0.add("c", text, claims: .init(checksum: 1))
          $0.add("d", text)
        }
      },
      lines: ["a: it is encrypted", "b: it is stored by method 14", "c: it is damaged", "d 1240"]),
    Case(
      testDescription: "sizes that aren't so",
      bytes: {
        zip {
          $0.add("more", text, claims: .init(size: 1241))
          $0.add("less", text, claims: .init(size: 1239))
          $0.add("none", text, claims: .init(size: 0))
          $0.add("much", text, claims: .init(size: 5 << 20))
        }
      },
      lines: [
        "more: it is damaged", "less: it is damaged", "none: it is damaged",
        "much: it is larger than 4194304 bytes",
      ]),
    Case(
      testDescription: "an entry larger than the bound", bytes: { zip { $0.add("a", text) } },
      limits: { $0.entryBytes = 1239 }, lines: ["a: it is larger than 1239 bytes"]),
    Case(
      testDescription: "a bomb within the bound",
      bytes: { zip { $0.add("a", [UInt8](repeating: 0, count: 1 << 20)) } },
      lines: ["a: it is compressed to less than a 200th"]),
    Case(
      testDescription: "too many entries",
      bytes: {
        zip {
          $0.add("a", [])
          $0.add("b", [])
        }
      }, limits: { $0.entries = 1 }, lines: ["file: it has more than 1 entries"]),
    Case(
      testDescription: "too large a directory", bytes: { zip { $0.add("a", []) } },
      limits: { $0.directoryBytes = 46 }, lines: ["file: its table of contents is larger than 46 bytes"]),
    Case(
      testDescription: "too much in all",
      bytes: {
        zip {
          $0.add("a", text)
          $0.add("b", text)
        }
      }, limits: { $0.totalBytes = 2000 },
      lines: ["a 1240", "file: its entries are larger than 2000 bytes in all"]),
    Case(
      testDescription: "an entry named twice, which a bomb of overlapping entries is made of",
      bytes: {
        zip {
          $0.add("a", text)
          $0.repeatLast()
        }
      }, lines: ["a 1240", "file: its entries overlap"]),
    Case(testDescription: "nothing", bytes: { [] }, lines: ["file: it doesn't end as a zip file does"]),
    Case(
      testDescription: "no zip", bytes: { text }, lines: ["file: it doesn't end as a zip file does"]),
  ]

  @Test(arguments: cases)
  func `every entry is read or refused for its own reason`(zipCase: Case) {
    var limits = ZipFile.Limits()
    zipCase.limits(&limits)
    #expect(outcome(zipCase.bytes(), limits: limits) == zipCase.lines)
  }

  @Test func `a file cut anywhere is refused`() {
    let bytes = Self.zip(isZip64: true) {
      $0.add("a", Self.text)
      $0.add("b", Self.text, method: .stored)
    }
    for count in bytes.indices {
      let lines = outcome(Array(bytes.prefix(count)))
      #expect(lines.last?.hasPrefix("file: ") == true, "cut at \(count): \(lines)")
    }
  }

  @Test func `contents with a changed byte are never taken for the old ones`() {
    let bytes = Self.zip { $0.add("a", Self.text) }
    var refused = 0
    for index in bytes.indices {
      for change in [1, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= change
        let directory = TemporaryDirectory()
        directory.write("a.zip", damaged)
        do {
          var file = try ZipFile(path: directory.file("a.zip"))
          while let entry = try file.next() {
            #expect(try file.contents(of: entry) == Self.text)
          }
        } catch {
          refused += 1
        }
      }
    }
    // Times and attributes don't matter; what is compressed, and where it lies, does.
    #expect(refused > bytes.count)
  }

  @Test func `what is no file is refused`() {
    let directory = TemporaryDirectory()
    #expect(throws: ZipError.unreadable(reason: "no such file or directory")) {
      _ = try ZipFile(path: directory.file("none"))
    }
    #expect(throws: ZipError.unreadable(reason: "it is no regular file")) {
      _ = try ZipFile(path: directory.path)
    }
  }
}
