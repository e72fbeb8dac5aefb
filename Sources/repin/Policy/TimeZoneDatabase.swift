import PythonPackaging
import UpdatePolicy

/// The machine's time zones: `TZDIR`, else where systems keep them.
struct TimeZoneDatabase {
  let context: CommandContext

  private var directories: [String] {
    context.variable("TZDIR").map { [$0] } ?? ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"]
  }

  /// The rules of a time zone.
  ///
  /// - Parameter place: where the name is configured.
  func rules(of name: TimeZoneName, place: String?) throws(CommandFailure) -> TimeZoneRules {
    if name.isUTC { return .utc }
    let prefix = place.map { "\($0): " } ?? ""
    for directory in directories {
      let path = "\(directory)/\(name)"
      let bytes: [UInt8]
      do throws(Files.Failure) {
        bytes = try Files.read(path, limit: TimeZoneRules.greatestSize)
      } catch {
        if error == .missing { continue }
        throw .configuration("\(prefix)the time zone `\(name)` can't be read from `\(path)`: \(error.reason)")
      }
      do throws(TimeZoneError) {
        return try TimeZoneRules(contentsOfFile: bytes)
      } catch {
        throw .configuration("\(prefix)the time zone `\(name)`: `\(path)` is no time zone file: \(error)")
      }
    }
    let directory = directories.first { Files.status(of: $0)?.isDirectory == true } ?? directories[0]
    let near = nearNames(of: name, below: directory).map { "`\($0)`" }
    throw .usage(
      "\(prefix)this machine knows no time zone `\(name)`; names are those below \(directory), and UTC needs no file",
      hint: near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?")
  }
}
