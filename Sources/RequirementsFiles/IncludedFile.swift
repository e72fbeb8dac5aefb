import PythonPackaging

/// A requirements file by its names: what it is loaded by, what it is shown as, what makes it itself.
struct IncludedFile: Sendable, Hashable {
  /// What the loader gets.
  let loadPath: String
  /// How messages and annotations show it.
  let shown: String
  /// Equal for the same file: the absolute, normalised path, or the URL.
  let identity: String
  /// Whether includes of this file are resolved as URLs.
  let isURL: Bool
  /// Whether the reading began at standard input, which every origin then shows.
  let isFromStandardInput: Bool
  /// Whether the reading began at a relative path.
  let isFromRelativePath: Bool

  /// A file the user named.
  init(top path: String, workingDirectory: String) {
    isURL = Self.isSchemed(path)
    isFromStandardInput = path == "-"
    isFromRelativePath = !isURL && !PosixPath(path).isAbsolute
    loadPath = isURL ? Self.loadPath(ofURL: path) : path
    shown = isURL ? URLCredentials.redacted(path) : path == "-" ? path : PosixPath(path).collapsed.text
    identity = isURL || path == "-" ? path : PosixPath(path).absolute(in: workingDirectory).text
  }

  /// A file that `parent` includes by `option`'s value.
  init(
    _ option: WrittenOption, in parent: IncludedFile, workingDirectory: String,
    nestedOrigin: RequirementsReader.NestedOrigin
  ) {
    isFromStandardInput = parent.isFromStandardInput
    isFromRelativePath = parent.isFromRelativePath
    let isURL = parent.isURL || Self.isSchemed(option.value)
    self.isURL = isURL
    if parent.isURL {
      identity = SplitURL(parent.identity)?.resolving(option.value) ?? option.value
      shown = URLCredentials.redacted(SplitURL(parent.shown)?.resolving(option.written) ?? option.written)
    } else if isURL {
      identity = option.value
      shown = URLCredentials.redacted(option.written)
    } else {
      let base = parent.isFromStandardInput && parent.identity == "-" ? "" : parent.identity
      let absolute = PosixPath(PosixPath(base).directory).joined(option.value)
        .absolute(in: workingDirectory)
      identity = absolute.text
      switch nestedOrigin {
      case .joined: shown = PosixPath(PosixPath(parent.shown).directory).joined(option.value).collapsed.text
      case .normalized:
        shown = parent.isFromRelativePath ? absolute.relative(to: workingDirectory).text : absolute.text
      }
    }
    loadPath = isURL ? Self.loadPath(ofURL: identity) : identity
  }

  /// The origin of requirements written in this file.
  func origin(isConstraint: Bool) -> RequirementOrigin {
    if isFromStandardInput { return .requirements("-") }
    return isConstraint ? .constraints(shown) : .requirements(shown)
  }

  /// pip: `^(http|https|file):`, in any case.
  static func isSchemed(_ text: String) -> Bool {
    let start = text.prefix(6).lowercased()
    return start.hasPrefix("http:") || start.hasPrefix("https:") || start.hasPrefix("file:")
  }

  private static func loadPath(ofURL url: String) -> String {
    guard let split = SplitURL(url), split.scheme == "file" else { return url }
    return split.decodedPath
  }
}
