package import PythonPackaging

/// A package as a lockfile fixes it.
///
/// Invariant: one whose source is ``PinSource/index(_:)`` has a name and a version. A package that stands twice in the
/// file, for environments that exclude one another, is two pins, each with its marker.
package struct FilePin: Sendable, Hashable {
  /// The package; nil for a path or a URL that doesn't tell it.
  package let name: PackageName?
  /// The version; nil where the file gives none, as is usual for what isn't from an index.
  package let version: Version?
  /// The pin as the file writes it, on one line and without credentials: `Flask==2.0`, `-e ./app`.
  package let text: String
  /// The line with the name, from 1.
  package let line: Int
  /// When the pin applies, on one line, as the file writes it; nil for always.
  package let marker: String?
  /// Where the package comes from.
  package let source: PinSource
  /// The number of hashes or of files with a hash.
  package let hashCount: Int
  /// What asks for the pin, sorted; empty where the format doesn't tell.
  package internal(set) var groups: [PinGroup]
  /// The extras that the pin is written with, sorted.
  package let extras: [ExtraName]
  /// The hashes of the pin's files, `sha256:…`, sorted, each once; empty unless the reader keeps origins.
  package internal(set) var hashes: [String] = []
  /// Who asks for the pin, sorted, each once; empty unless the reader keeps origins, and where the format doesn't tell.
  package internal(set) var askers: [PinAsker] = []
}

/// What a pinned package comes from.
package enum PinSource: Sendable, Hashable {
  /// An index, by its address without credentials; nil where the file doesn't tell which.
  case index(String?)
  /// A file of the web.
  case url(String)
  /// A repository: the system (`git`), the address without credentials, the revision.
  case versionControl(system: String, url: String, revision: String?)
  /// A file or a directory of the machine.
  case path(String)
  /// A directory installed in place, or a repository that is checked out for it: what follows `-e`.
  case editable(String)
  /// The project itself that the lockfile belongs to, or a member of its workspace.
  case project(String)

  /// Whether the pin is a version of an index, which can be looked up there.
  package var isIndex: Bool {
    if case .index = self { true } else { false }
  }

  /// What the source is, as a phrase: `a git repository`.
  package var noun: String {
    switch self {
    case .index: "an index"
    case .url: "a URL"
    case .versionControl(let system, _, _): "a \(system) repository"
    case .path: "a path"
    case .editable: "an editable project"
    case .project: "the project itself"
    }
  }
}

/// A part of a project that asks for packages.
package enum PinGroup: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// What the project needs to run: Poetry's `main`, Pipenv's `default`.
  case main
  /// A group of dependencies (PEP 735): Poetry's and uv's groups, Pipenv's `develop` and other categories.
  case group(String)
  /// An extra of the project.
  case extra(String)

  /// `main`, the group's name, or `extra` and the extra's.
  package var description: String {
    switch self {
    case .main: "main"
    case .group(let name): name
    case .extra(let name): "extra \(name)"
    }
  }
}
