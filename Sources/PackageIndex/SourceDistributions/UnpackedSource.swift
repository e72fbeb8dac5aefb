/// A source archive unpacked into a temporary directory of its own.
struct UnpackedSource {
  /// The source tree.
  let tree: String
  private let directory: String

  init(_ bytes: [UInt8], filename: String) throws(IndexError) {
    let directory = try temporaryDirectory()
    self.directory = directory
    do throws(SourceArchiveError) {
      tree = try SourceArchive(bytes, filename: filename).extract(into: directory)
    } catch {
      removeTree(directory)
      throw .malformedSource(file: filename, reason: error)
    }
  }

  /// Takes it away again.
  func remove() { removeTree(directory) }
}
