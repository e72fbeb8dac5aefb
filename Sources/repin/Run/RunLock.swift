import PackageIndex
import PythonPackaging
import Scheduling

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What keeps two runs of one project from overlapping: a lock of the system's on a file in `.repin`, which goes with the
/// process, however that ends.
struct RunLock: ~Copyable {
  private let descriptor: Int32

  /// - Parameter directory: the project's `.repin`.
  /// - Throws: Where another run has it, or the file can't be made.
  init(in directory: String, now: Int64) throws(CommandFailure) {
    let path = "\(directory)/run.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else {
      throw .usage(
        "the run's lock `\(PrintableText.escaped(path, limit: 300))` can't be made: \(Files.Failure.system(errno).reason)",
        hint: "let the account that runs repin write there")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      let holder = Self.contents(of: descriptor)
      close(descriptor)
      guard code == EWOULDBLOCK else {
        throw .usage(
          "the run's lock `\(PrintableText.escaped(path, limit: 300))` can't be taken: \(Files.Failure.system(code).reason)",
          hint: "keep the project where files can be locked")
      }
      throw .overlappingRun(holder: holder)
    }
    let text = "process \(getpid()), since \(MomentText.timestamp(now))\n"
    if ftruncate(descriptor, 0) == 0 {
      _ = Array(text.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  deinit { close(descriptor) }

  /// What the one that has it says of itself.
  private static func contents(of descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    let text = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    return PrintableText.escaped(
      text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "", limit: 100)
  }
}
