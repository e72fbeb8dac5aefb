import ArgumentParser

extension CompileCommand {
  /// Refuses options that are for compiling alone, on the command line of a command that takes the others; none of this is
  /// refused where it is configured.
  ///
  /// - Parameters:
  ///   - reason: what the command does instead: `` `repin check` names lockfiles and writes none``.
  ///   - takesDryRun: whether it has a dry run itself.
  ///   - takesOutput: whether it has an output itself.
  func refuseCompiling(
    _ reason: String, takesDryRun: Bool = false, takesOutput: Bool = false
  ) throws(CommandFailure) {
    let options: [(String, Bool)] = [
      ("--upgrade", upgrade), ("--upgrade-package", !upgradePackage.isEmpty), ("--check", check),
      ("--dry-run", dryRun && !takesDryRun), ("--output-file", outputFile != nil && !takesOutput),
    ]
    for (name, isGiven) in options where isGiven {
      throw .usage("`\(name)` is for `repin compile`: \(reason)")
    }
  }
}
