/// A source archive unpacked into a temporary directory of its own.
struct UnpackedSource {
  /// The source tree.
  let tree: String
  private let directory: ScratchDirectory

  init(_ bytes: [UInt8], filename: String) throws(IndexError) {
    let directory = try ScratchDirectory()
    self.directory = directory
    do throws(SourceArchiveError) {
      tree = try SourceArchive(bytes, filename: filename).extract(into: directory.path)
    } catch {
      directory.remove()
      if case .machineFailure(_, let reason) = error {
        throw .unusableTemporaryDirectory(
          path: directory.path, reason: "\(filename) can't be unpacked: \(reason)")
      }
      throw .malformedSource(file: filename, reason: error)
    }
  }

  /// Takes it away again.
  func remove() { directory.remove() }
}
