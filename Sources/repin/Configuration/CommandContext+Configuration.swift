extension CommandContext {
  /// The bytes of a file of configuration; nil if there is none.
  func configurationBytes(_ path: String) throws(CommandFailure) -> [UInt8]? {
    do throws(Files.Failure) {
      return try Files.readRegular(absolute(path), limit: Self.longestConfiguration)
    } catch {
      if case .missing = error { return nil }
      throw .configuration("the configuration `\(path)` can't be read: \(error.reason)")
    }
  }

  private static let longestConfiguration = 4 << 20
}
