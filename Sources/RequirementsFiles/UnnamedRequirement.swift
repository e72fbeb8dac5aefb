package import PythonPackaging

/// A requirement by URL or path that doesn't tell its name.
package struct UnnamedRequirement: Sendable, Hashable {
  /// The absolute URL, variables expanded; a path is a `file:` URL.
  package var url: String
  /// The absolute path if it was given as a path.
  package var path: String?
  /// The extras after a path: `./pkg[dev]`.
  package var extras: [ExtraName]
  /// The condition under which it counts.
  package var marker: Marker?

  /// A value of the given parts.
  package init(url: String, path: String? = nil, extras: [ExtraName] = [], marker: Marker? = nil) {
    self.url = url
    self.path = path
    self.extras = extras
    self.marker = marker
  }
}
