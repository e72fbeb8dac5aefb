import PythonPackaging

/// A URL a requirement names, checked as pip's `Link` checks it.
struct DirectURL {
  /// The URL, unchanged.
  let text: String
  let split: SplitURL
  /// The project's name in `#egg=`.
  let egg: String?

  /// What can be wrong.
  enum Problem {
    case malformed
    case remoteFile(host: String)
    case egg(String)
  }

  init(
    _ text: String, failing: (Problem) -> RequirementsFileError
  ) throws(RequirementsFileError) {
    guard let split = SplitURL(text) else { throw failing(.malformed) }
    self.text = text
    self.split = split
    let egg = SplitURL.fragmentValue("egg", in: text)
    if let egg, (try? PackageName(egg)) == nil { throw failing(.egg(egg)) }
    self.egg = egg
    if split.scheme == "file", !["", "localhost"].contains(split.networkLocation) {
      throw failing(.remoteFile(host: split.networkLocation))
    }
  }

  private init(text: String, split: SplitURL) {
    self.text = text
    self.split = split
    egg = nil
  }

  var isWheel: Bool { PosixPath(split.filename).archiveExtension == ".whl" }

  var isVersionControl: Bool { SplitURL.versionControlSchemes.contains(split.scheme) }

  /// pip makes a `file:` URL with `../` absolute, and its fragment is lost on the way.
  func normalizingDots(in directory: String) -> DirectURL {
    guard split.scheme == "file", text.contains("../") else { return self }
    let url = PosixPath(split.decodedPath).fileURL(in: directory)
    return SplitURL(url).map { DirectURL(text: url, split: $0) } ?? self
  }
}
