import Glibc
import Synchronization

/// The command lines of this machine's processes, looked at again and again while something runs.
final class SampledProcesses: Sendable {
  private let seen = Mutex<Set<String>>([])
  private let isDone = Mutex(false)

  /// Runs `body` and gives what was seen meanwhile, arguments separated by spaces.
  static func during<Result: Sendable>(
    _ body: () async throws -> Result
  ) async throws -> (result: Result, commandLines: Set<String>) {
    let processes = SampledProcesses()
    let sampling = Task.detached {
      while !processes.isDone.withLock({ $0 }) {
        processes.look()
        await Task.yield()
      }
    }
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    processes.isDone.withLock { $0 = true }
    await sampling.value
    return (try result.get(), processes.seen.withLock { $0 })
  }

  private func look() {
    guard let directory = opendir("/proc") else { return }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { continue }
      let file = open("/proc/\(name)/cmdline", O_RDONLY)
      guard file >= 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 1 << 14)
      let count = read(file, &bytes, bytes.count)
      close(file)
      guard count > 0 else { continue }
      let text = String(decoding: bytes.prefix(count).map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
      seen.withLock { _ = $0.insert(text) }
    }
  }
}
