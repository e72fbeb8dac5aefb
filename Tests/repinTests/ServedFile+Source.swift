import IndexServer
import TestSupport

extension ServedFile {
  /// A source distribution of these files, all in the one directory it should have.
  static func source(_ name: String, _ version: String, files: KeyValuePairs<String, String>) -> ServedFile {
    var archive = TarWriter()
    for (path, text) in files { archive.add("\(name)-\(version)/\(path)", text) }
    return source(name, version, archive: archive)
  }

  /// A source distribution of whatever is in an archive.
  static func source(_ name: String, _ version: String, archive: TarWriter) -> ServedFile {
    ServedFile(filename: "\(name)-\(version).tar.gz", bytes: deflated(archive.finished(), windowBits: 31))
  }

  /// A source distribution whose `PKG-INFO` tells all that there is to tell (PEP 643).
  static func staticSource(_ name: String, _ version: String, requires: [String] = []) -> ServedFile {
    source(name, version, files: ["PKG-INFO": packageInformation(name, version, requires: requires)])
  }

  /// Core metadata of a source distribution.
  static func packageInformation(
    _ name: String, _ version: String, requires: [String] = [], dynamic: [String] = []
  ) -> String {
    let fields =
      ["Metadata-Version: 2.2", "Name: \(name)", "Version: \(version)"]
      + requires.map { "Requires-Dist: \($0)" } + dynamic.map { "Dynamic: \($0)" }
    return fields.joined(separator: "\n") + "\n"
  }
}
