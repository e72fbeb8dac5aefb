/// One entry of an archive, as its header describes it.
package struct ArchiveEntry: Sendable, Hashable {
  /// What an entry is.
  package enum Kind: Sendable, Hashable {
    case file
    case directory
    case symbolicLink
    case hardLink
    case characterDevice
    case blockDevice
    case pipe
    case socket
    /// None of them.
    case unknown
  }

  /// Where it goes.
  let path: EntryPath
  /// What it is.
  let kind: Kind
  /// Where a link leads: a symbolic one from its directory, a hard one from the archive's top; empty of all others.
  let target: [UInt8]
  /// How many bytes its header promises; nil if it doesn't.
  let size: Int?
  /// Whether any executable bit is set.
  let isExecutable: Bool
  /// When it was last changed.
  let modified: ModificationTime
}

extension ArchiveEntry.Kind: CustomStringConvertible {
  /// Goes after "its entry `NAME` is".
  package var description: String {
    switch self {
    case .file: "a file"
    case .directory: "a directory"
    case .symbolicLink: "a symbolic link"
    case .hardLink: "a hard link"
    case .characterDevice: "a character device"
    case .blockDevice: "a block device"
    case .pipe: "a pipe"
    case .socket: "a socket"
    case .unknown: "neither a file nor a directory"
    }
  }
}
