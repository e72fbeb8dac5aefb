package import PythonPackaging

/// What became of one pin between two graphs: added, changed or removed.
package struct PinChange: Sendable, Hashable {
  /// The project.
  package let name: PackageName
  /// Its release before; nil: added.
  package let before: Version?
  /// Its release after; nil: removed.
  package let after: Version?

  /// The changes from one graph to another, ascending by name.
  package static func changes(from old: ResolvedGraph, to new: ResolvedGraph) -> [PinChange] {
    func versions(_ graph: ResolvedGraph) -> [PackageName: Version] {
      Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    }
    let (old, new) = (versions(old), versions(new))
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name] ? nil : PinChange(name: name, before: old[name], after: new[name])
    }
  }
}
