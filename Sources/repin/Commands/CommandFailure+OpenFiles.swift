import PackageIndex

extension CommandFailure {
  /// Raises the limit of open files where it is low, and refuses to begin where it stays too low.
  static func checkOpenFiles() throws(CommandFailure) {
    do throws(OpenFileLimit) {
      try OpenFileLimit.raise()
    } catch {
      throw .openFiles(error)
    }
  }
}
