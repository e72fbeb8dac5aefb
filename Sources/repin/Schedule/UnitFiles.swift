import PackageIndex
import PythonPackaging

/// Writes the files of a scheduler: all of them, or none.
struct UnitFiles {
  let context: CommandContext
  /// Whether what somebody else wrote is overwritten.
  let isForced: Bool

  /// So long a file that was written by repin is at most.
  private static let greatestSize = 1 << 20

  /// - Throws: where one is somebody else's or was changed, and where one can't be written; then all are as they were.
  func write(_ files: [ScheduleUnit.File]) throws(CommandFailure) {
    var before: [[UInt8]?] = []
    for file in files { before.append(try contents(of: file)) }
    let isSame = zip(files, before).allSatisfy { Array($0.text.utf8) == $1 }
    for file in files where !isSame {
      let directory = HistoryPlace.directory(of: file.path)
      if Files.status(of: directory) == nil, let reason = makeDirectories(directory) {
        throw .unwritable(path: file.path, reason: reason)
      }
    }
    var written = 0
    do throws(Files.Failure) {
      for file in files where !isSame {
        try Files.replace(file.path, with: Array(file.text.utf8), undisturbedBy: context.interruption)
        written += 1
      }
    } catch {
      let left = zip(files, before).prefix(written).filter { !putBack($0.path, $1) }.map(\.0.path)
      throw .unwritable(path: files[written].path, reason: error.reason, left: left)
    }
    for file in files {
      context.terminal.say("\(isSame ? "unchanged" : "wrote") `\(PrintableText.escaped(file.path))`")
    }
  }

  /// What a file has, if it may be overwritten; nil: there is none.
  private func contents(of file: ScheduleUnit.File) throws(CommandFailure) -> [UInt8]? {
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes = try Files.readRegular(file.path, limit: Self.greatestSize)
    } catch {
      if case .missing = error { return nil }
      throw .unwritable(path: file.path, reason: error.reason)
    }
    guard isForced || WrittenByRepin.isUnchanged(String(decoding: bytes, as: UTF8.self)) else {
      throw .usage(
        "`\(PrintableText.escaped(file.path))` isn't as repin wrote it, and stays as it is; nothing was written",
        hint: "look at what `repin schedule install` prints without `--write`; `--force` overwrites it")
    }
    let (old, new) = (
      Self.directory(in: String(decoding: bytes, as: UTF8.self)), Self.directory(in: file.text)
    )
    guard isForced || old == new else {
      throw .usage(
        "`\(PrintableText.escaped(file.path))` is for another project, `\(PrintableText.excerpt(old ?? "", limit: 300))`, and stays as it is; nothing was written",
        hint: "name this one's units by `--name`; `--force` takes the other's place")
    }
    return bytes
  }

  /// Where a unit of systemd's runs its command; nil: it says nothing of that.
  private static func directory(in unit: String) -> String? {
    unit.split(separator: "\n").first { $0.hasPrefix("WorkingDirectory=") }.map(String.init)
  }

  /// Whether a file is as it was again.
  private func putBack(_ path: String, _ bytes: [UInt8]?) -> Bool {
    do throws(Files.Failure) {
      if let bytes {
        try Files.replace(path, with: bytes, undisturbedBy: context.interruption)
      } else {
        try Files.remove(path)
      }
      return true
    } catch {
      return false
    }
  }
}
