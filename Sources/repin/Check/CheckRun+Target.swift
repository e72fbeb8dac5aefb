import LockfileFormats
import PackageIndex
import PythonPackaging

extension CheckRun {
  /// The Python and platform that releases are judged for: as for a compile; where there is no Python, the one that a
  /// lockfile was compiled with, on a platform like this.
  func target(of locks: [ReadLock], cache: IndexCache?) async throws(CommandFailure) -> CompileRun.Target {
    var compile = compile
    let isAsked = compile.python != nil || compile.pythonVersion != nil
    if !isAsked, try InterpreterLookup(context: context, cache: cache).path(named: nil) == nil,
      let python = locks.compactMap(\.lock.file.compiledWithPython).max()
    {
      let platform = compile.pythonPlatform ?? Self.platformHere
      compile.pythonVersion = "\(python)"
      compile.pythonPlatform = platform
      if !compile.quiet {
        context.terminal.say(
          "note: there is no Python here: releases are judged for Python \(python) on \(platform)")
      }
    }
    return try await CompileRun(command: compile, context: context).target(cache: cache)
  }

  /// What `--python-platform` calls the platform this program was built for.
  private static var platformHere: String {
    #if arch(x86_64)
      let architecture = "x86_64"
    #else
      let architecture = "aarch64"
    #endif
    #if os(macOS)
      return "\(architecture)-apple-darwin"
    #elseif canImport(Musl)
      return "\(architecture)-unknown-linux-musl"
    #else
      return "\(architecture)-unknown-linux-gnu"
    #endif
  }
}
