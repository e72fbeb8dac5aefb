import LockDiff
import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

/// Two states of a lockfile, read.
struct ComparedLock {
  /// A state that is there.
  struct State {
    let file: PinnedFile
    let bytes: [UInt8]
  }

  let old: State?
  let new: State?
  let diff: LockDiff

  /// - Parameters:
  ///   - old: the path and the bytes; nil: there was none.
  ///   - new: the same of what is there now.
  /// - Throws: Where one of them is no lockfile at all.
  init(old: (path: String, bytes: [UInt8])?, new: (path: String, bytes: [UInt8])?) throws(CommandFailure) {
    self.old = try old.map(Self.state)
    self.new = try new.map(Self.state)
    diff = LockDiff(from: self.old?.file, to: self.new?.file)
  }

  private static func state(_ path: String, _ bytes: [UInt8]) throws(CommandFailure) -> State {
    let file = PinnedFileReader(keepsOrigins: true).read(bytes, path: DiffedState.shown(path))
    // Of a file of which nothing can be read, nobody knows what it pins: its pins aren't gone.
    let isUnknown = file.pins.isEmpty && !file.isComplete
    if let fault = file.faults.first(where: { fault in
      fault.reason == .notALockfile || fault.reason == .binary || isUnknown && fault.severity == .error
    }) {
      throw .usage(fault.description, hint: fault.remedy)
    }
    return State(file: file, bytes: bytes)
  }

  /// What can't be read of either.
  var faults: [PinnedFileFault] { diff.oldFaults + diff.newFaults }

  /// The packages that change.
  var packages: Set<PackageName> { Set(diff.changes.compactMap(\.subject.name)) }

  /// Both, to be asked about.
  var locks: [CheckRun.ReadLock] {
    [old, new].compactMap { state in
      guard let state else { return nil }
      return CheckRun.ReadLock(
        lock: LockfileToCheck(
          path: state.file.path, file: state.file,
          identity: .init(repository: "", path: state.file.path), digest: "", packages: packages),
        bytes: state.bytes,
        place: LockfileHome.Place(identity: .init(repository: "", path: state.file.path), workTree: nil))
    }
  }
}
