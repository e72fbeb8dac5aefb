/// A Python implementation, as far as wheels' tags tell them apart (PEP 425, "Python Tag").
package enum Implementation: Sendable, Hashable {
  /// CPython; `cp` in tags.
  case cpython
  /// PyPy; `pp` in tags, its ABI `pypy310_pp73`.
  case pypy
  /// Another one, by `sys.implementation.name`; its tags begin with that name.
  case other(String)

  /// The implementation of a `sys.implementation.name`.
  package init(name: String) {
    switch name.lowercased() {
    case "cpython": self = .cpython
    case "pypy": self = .pypy
    case let name: self = .other(name)
    }
  }

  /// `sys.implementation.name`.
  package var name: String {
    switch self {
    case .cpython: "cpython"
    case .pypy: "pypy"
    case .other(let name): name
    }
  }

  /// `platform.python_implementation()`.
  package var displayName: String {
    switch self {
    case .cpython: "CPython"
    case .pypy: "PyPy"
    case .other(let name): name
    }
  }

  /// What a Python tag begins with.
  var tagPrefix: String {
    switch self {
    case .cpython: "cp"
    case .pypy: "pp"
    case .other("ironpython"): "ip"
    case .other("jython"): "jy"
    case .other("python"): "py"
    case .other(let name): name
    }
  }
}
