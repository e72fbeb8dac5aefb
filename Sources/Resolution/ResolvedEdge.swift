package import PythonPackaging

/// One requirement that holds in a resolved graph: who asks, and for what.
///
/// Example: the pin `flask==3.0` asks for `werkzeug>=3`.
package struct ResolvedEdge: Sendable, Hashable {
  /// Who asks.
  package enum Asker: Sendable, Hashable {
    /// The user's requirement at this index of the request.
    case requirement(Int)
    /// A picked release; with an extra: what only that extra adds asks.
    case pin(PackageName, extra: ExtraName?)
  }

  /// Who asks.
  package var asker: Asker
  /// What is asked for.
  package var requirement: Requirement
  /// The request's override that stands instead of what was asked for, by index.
  package var override: Int?

  /// The project whose release asks; nil for the user.
  package var askingProject: PackageName? {
    if case .pin(let name, extra: _) = asker { name } else { nil }
  }
}
