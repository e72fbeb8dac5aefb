import PythonPackaging

/// One project's own cutoff (`--exclude-newer-package NAME=WHEN`); `NAME=false`: none.
struct PackageCutoff: Sendable, Hashable {
  /// As the user wrote it.
  let text: String
  let name: PackageName
  /// Nil: no cutoff.
  let cutoff: UploadCutoff?

  init(_ text: String) throws(MomentFault) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let name = try? PackageName(parts[0]) else { throw .noPackage }
    self.text = text
    self.name = name
    cutoff = parts[1] == "false" ? nil : try UploadCutoff(parts[1], includesDay: true)
  }
}
