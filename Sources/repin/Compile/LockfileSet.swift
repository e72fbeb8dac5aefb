/// Lockfiles that are written together: all of them, or none.
struct LockfileSet {
  /// A lockfile that was compiled, and what is configured for it.
  struct Member {
    let run: CompileRun
    let outcome: CompileRun.Outcome
    var settings: [OptionSettings.Setting] = []

    /// Whether it goes into a file.
    fileprivate var isWritten: Bool {
      !run.command.dryRun && outcome.inputs.output != "-" && !outcome.isUnchanged
    }
  }

  let members: [Member]
  let context: CommandContext

  /// Writes them, or shows those that are to be shown.
  ///
  /// What another program has changed meanwhile isn't overwritten, and where one can't be written, those before it are put
  /// back as they were, or taken away where there was none.
  ///
  /// - Returns: what was written.
  func write() throws(CommandFailure) -> [CompileRun.Written] {
    let meant = members.filter(\.isWritten)
    for member in meant { try refuseChanged(member) }
    let written = try context.interruption.held { () throws(CommandFailure) in try put(meant) }
    if !written.isEmpty { context.interruption.wrote() }
    for member in members where member.run.command.dryRun || member.outcome.inputs.output == "-" {
      _ = try member.run.write(member.outcome)
    }
    return written
  }

  private func refuseChanged(_ member: Member) throws(CommandFailure) {
    let path = context.absolute(member.outcome.inputs.output)
    // Devices and pipes have no contents to lose.
    guard Files.status(of: path)?.isRegular ?? true else { return }
    let now = try? Files.read(path, limit: CompileRun.longestLockfile)
    guard now != member.outcome.existing?.bytes else { return }
    throw .usage(
      "`\(member.outcome.inputs.shownOutput)` was changed by another program meanwhile; nothing was written",
      hint: "run it again")
  }

  private func put(_ members: [Member]) throws(CommandFailure) -> [CompileRun.Written] {
    var written: [CompileRun.Written] = []
    for member in members {
      do throws(CommandFailure) {
        written.append(try member.run.put(member.outcome, undisturbedBy: nil))
      } catch {
        let left = members.prefix(written.count).filter { !putBack($0) }
        if !left.isEmpty { context.interruption.wrote() }
        guard case .unwritable(let path, let reason, let remedy, left: _) = error else { throw error }
        let failure = CommandFailure.unwritable(
          path: path, reason: reason, remedy: remedy, left: left.map(\.outcome.inputs.shownOutput))
        throw failure.placed(among: member.settings)
      }
    }
    return written
  }

  /// Whether a lockfile that was written is as it was again.
  private func putBack(_ member: Member) -> Bool {
    let path = context.absolute(member.outcome.inputs.output)
    do throws(Files.Failure) {
      if let before = member.outcome.existing?.bytes {
        try Files.replace(path, with: before, undisturbedBy: nil)
      } else {
        try Files.remove(path)
      }
      return true
    } catch {
      context.terminal.warn(
        "`\(member.outcome.inputs.shownOutput)` can't be put back as it was: \(error.reason)")
      return false
    }
  }
}
