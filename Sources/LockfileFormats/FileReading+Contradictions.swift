import PythonPackaging

extension FileReading {
  /// Reports packages that the file fixes at two versions for the same environment, where the format says that this can't
  /// be: Poetry before 2 writes no markers, and of what conflicts by extras or groups uv writes both.
  mutating func reportContradictions() {
    guard isExclusive else { return }
    var first: [Key: (version: Version, line: Int)] = [:]
    first.reserveCapacity(file.pins.count)
    for pin in file.pins {
      guard pin.source.isIndex, let name = pin.name, let version = pin.version else { continue }
      let category = file.format == .pipenv ? pin.groups.first : nil
      let key = Key(name: name, marker: pin.marker, category: category)
      guard let known = first.updateValue((version, pin.line), forKey: key) else { continue }
      first[key] = known
      guard known.version != version else { continue }
      fault(
        .contradiction, at: FilePlace(line: pin.line), found: "`\(name)` at \(version)",
        expected: "\(known.version), as in line \(known.line), or a marker that tells the two apart",
        remedy: "lock again")
    }
  }

  private var isExclusive: Bool {
    switch file.format {
    case .requirements, .pylock, .pipenv: true
    case .uv: !hasConflicts
    case .poetry: hasPoetryMarkers
    case nil: false
    }
  }

  /// Whether Poetry writes markers: from version 2.1 of its format on.
  private var hasPoetryMarkers: Bool {
    guard let version = file.formatVersion.flatMap({ try? Version($0) }) else { return false }
    return (version.release[0], version.release.dropFirst().first ?? 0) >= (2, 1)
  }

  private struct Key: Hashable {
    let name: PackageName
    let marker: String?
    let category: PinGroup?
  }
}
