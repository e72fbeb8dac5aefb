import Glibc
import TestSupport
import Testing
import ZipReading

@testable import PackageIndex

/// Archives as Python's `tarfile` and `zipfile` write them, held against what Python unpacks from them.
@Suite struct SourceArchiveOracleTests {
  /// `python3`, if there is one.
  private static let hasPython = system("python3 -c 'import tarfile, zipfile, lzma, bz2' 2>/dev/null") == 0

  private static let names = [
    "ustar.tar.gz", "gnu.tar.gz", "pax.tar.gz", "pax.tar.bz2", "pax.tar.xz", "pax.tar", "plain.zip",
    "stored.zip",
  ]

  /// Makes a tree and packs it, then unpacks each archive by its own means and prints a line for each file:
  /// archive, path, executable or not, time, CRC-32 of the contents.
  private static let script = """
    import io, os, sys, tarfile, time, unicodedata, zipfile, zlib
    where = sys.argv[1]
    long = "/".join(["long" + str(n) for n in range(12)])
    files = {
      "PKG-INFO": b"Metadata-Version: 2.2\\n", "pyproject.toml": b"[project]\\n", "setup.py": b"",
      "tests/" + "n" * 90 + ".py": b"x" * 512, long + "/x.py": b"y" * 513, "bin/run": b"#!/bin/sh\\n",
      "data.bin": bytes(i * i >> 3 & 255 for i in range(300000)), "dots/...": b".", "space name/ a ": b" ",
      "\\u00e4\\u6f22e\\u0301/\\U0001f40d": b"unicode",
    }
    def entry(name, contents):
      info = tarfile.TarInfo("a-1/" + name)
      info.size = len(contents)
      info.mtime = 1700000000 + len(contents) + (0.5 if name == "setup.py" else 0)
      info.mode = 0o755 if name == "bin/run" else 0o600
      return info
    def tar(name, mode, form):
      with tarfile.open(os.path.join(where, name), mode, format=form) as archive:
        for directory in ("a-1", "a-1/empty"):
          info = tarfile.TarInfo(directory)
          info.type = tarfile.DIRTYPE
          archive.addfile(info)
        for path, contents in files.items():
          archive.addfile(entry(path, contents), io.BytesIO(contents))
    tar("ustar.tar.gz", "w:gz", tarfile.USTAR_FORMAT)
    tar("gnu.tar.gz", "w:gz", tarfile.GNU_FORMAT)
    tar("pax.tar.gz", "w:gz", tarfile.PAX_FORMAT)
    tar("pax.tar.bz2", "w:bz2", tarfile.PAX_FORMAT)
    tar("pax.tar.xz", "w:xz", tarfile.PAX_FORMAT)
    tar("pax.tar", "w", tarfile.PAX_FORMAT)
    for name, method in (("plain.zip", zipfile.ZIP_DEFLATED), ("stored.zip", zipfile.ZIP_STORED)):
      with zipfile.ZipFile(os.path.join(where, name), "w", method) as archive:
        archive.writestr("a-1/empty/", b"")
        for path, contents in files.items():
          # libarchive composes a zip's names.
          path = unicodedata.normalize("NFC", path)
          info = zipfile.ZipInfo("a-1/" + path, (2023, 11, 14, 22, 13, 20))
          info.external_attr = (0o100755 if path == "bin/run" else 0o100600) << 16
          info.compress_type = method
          archive.writestr(info, contents)
    def show(archive, path, mode, time, contents):
      print(archive, path.encode().hex(), int(mode & 0o111 != 0), int(time), zlib.crc32(contents))
    for name in sorted(os.listdir(where)):
      if name.endswith(".zip"):
        with zipfile.ZipFile(os.path.join(where, name)) as archive:
          for info in archive.infolist():
            if not info.is_dir():
              when = time.mktime(info.date_time + (0, 0, -1))
              show(name, info.filename, info.external_attr >> 16, when, archive.read(info))
      elif ".tar" in name:
        with tarfile.open(os.path.join(where, name)) as archive:
          for info in archive:
            if info.isfile():
              show(name, info.name, info.mode, info.mtime, archive.extractfile(info).read())
    """

  @Test(.enabled(if: hasPython, "needs python3"))
  func `Python's archives unpack as Python unpacks them`() throws {
    let temporary = TemporaryDirectory()
    temporary.makeDirectory("archives")
    temporary.write("oracle.py", Self.script)
    #expect(
      system(
        "python3 \(temporary.file("oracle.py")) \(temporary.file("archives")) > \(temporary.file("lines"))")
        == 0)
    var expected: [String: [String]] = [:]
    for line in (temporary.text("lines") ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      expected[String(parts[0]), default: []].append(String(parts[1]))
    }
    #expect(expected.keys.sorted() == Self.names.sorted())
    for name in Self.names {
      let archive = try SourceArchive(temporary.read("archives/\(name)") ?? [], filename: name)
      temporary.makeDirectory("tree")
      #expect(try archive.extract(into: temporary.file("tree")) == temporary.file("tree/a-1"))
      let unpacked = UnpackedTree(temporary.file("tree"))
      let lines = unpacked.entries.compactMap { entry -> String? in
        guard let contents = entry.contents else { return nil }
        let path = entry.path.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "\(path) \(entry.mode & 0o111 != 0 ? 1 : 0) \(entry.modified) \(Inflate.checksum(contents))"
      }
      #expect(lines.sorted() == expected[name]?.sorted(), "\(name)")
      #expect(unpacked.entries.contains { $0.path == "a-1/empty/" })
      #expect(
        try archive.metadataFiles()
          == SourceArchive.MetadataFiles(
            topDirectory: "a-1", pkgInfo: Array("Metadata-Version: 2.2\n".utf8),
            pyproject: Array("[project]\n".utf8)))
      temporary.remove("tree")
    }
  }
}
