import Subprocess
import SystemPackage
import TestSupport

/// A clock for processes that shows what a test says: a library that answers in place of the system's `time`.
struct ShiftedClock {
  private static let source = """
    #include <stdlib.h>
    #include <time.h>
    time_t time(time_t *place) {
      const char *text = getenv("TEST_CLOCK");
      time_t now = text ? (time_t)strtoll(text, NULL, 10) : 0;
      if (place) *place = now;
      return now;
    }

    """

  private let directory = TemporaryDirectory()

  /// Builds it by the C compiler that comes with Swift.
  init() async throws {
    directory.write("clock.c", Self.source)
    let result = try await Subprocess.run(
      .name("clang"), arguments: ["-shared", "-fPIC", "-o", "clock.so", "clock.c"],
      workingDirectory: FilePath(directory.path), output: .discarded, error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else { throw Failure(output: result.standardError) }
  }

  /// What the compiler wrote.
  struct Failure: Error {
    let output: String
  }

  /// The variables of a process at a time.
  func variables(at time: Int64) -> [String: String] {
    ["LD_PRELOAD": directory.file("clock.so"), "TEST_CLOCK": String(time)]
  }
}
