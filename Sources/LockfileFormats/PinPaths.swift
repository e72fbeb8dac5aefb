package import PythonPackaging

/// How the pins of a lockfile come into it: from what people write, by what asks for them.
package struct PinPaths: Sendable {
  private let askers: [PackageName: [PinAsker]]

  /// - Parameter file: as a reader has it that keeps origins; where it has none there are no paths.
  package init(_ file: PinnedFile) {
    var askers: [PackageName: Set<PinAsker>] = [:]
    for pin in file.pins where !pin.askers.isEmpty {
      if let name = pin.name { askers[name, default: []].formUnion(pin.askers) }
    }
    self.askers = askers.mapValues { $0.sorted() }
  }

  /// The shortest way from what people write down to a pin, without the pin itself: a file or a project, then packages; of
  /// equal ones the first by name. Empty where the file doesn't tell.
  package func path(to pin: PackageName) -> [PinAsker] {
    var below: [PackageName: PackageName] = [:]
    var next = [pin]
    var place = 0
    while place < next.count {
      let name = next[place]
      place += 1
      for asker in askers[name] ?? [] {
        switch asker {
        case .input:
          var path = [asker]
          var step = name
          while step != pin, let lower = below[step] {
            path.append(.package(step))
            step = lower
          }
          return path
        case .package(let parent):
          guard parent != pin, below[parent] == nil else { continue }
          below[parent] = name
          next.append(parent)
        }
      }
    }
    return []
  }
}
