import JSONReading

/// What a tool told of one image or more.
///
///     docker inspect, podman inspect              [{"RepoTags": […], "Created": "…", "Config": {"Labels": {…}}}]
///     the same of a container                     [{"Name": "/web", "State": {…}, "Config": {"Labels": {…}}}]
///     skopeo inspect                              {"Name": "…", "Created": "…", "Labels": {…}}
///     skopeo inspect --config, crane config       {"created": "…", "config": {"Labels": {…}}}
///     buildx imagetools … '{{json .Image}}'       the same, or {"linux/amd64": the same, …}
///     buildx imagetools … '{{json .}}'            {"name": "…", "image": one of these}
///     buildah inspect                             {"FromImage": "…", "OCIv1": {"created": "…", "config": {…}}}
///     docker inspect -f '{{json .Config.Labels}}' {…}, or null where there are none
package struct ImageInspection: Sendable, Hashable {
  /// So long a text is read, in bytes; a list of a registry's tags is in some.
  package static let greatestLength = 16 << 20
  /// So many images are told of at most.
  package static let mostImages = 1_000

  /// At least one.
  package let images: [InspectedImage]

  /// Reads what a tool wrote.
  package init(_ bytes: [UInt8]) throws(ImageInspectionError) {
    var reader = ImageReader(JSONScanner(bytes))
    images = try reader.images()
  }

  /// The one image that is meant.
  ///
  /// - Parameter name: what the user calls it; nil: there must be no other.
  package func image(named name: String?) throws(ImageInspectionError) -> InspectedImage {
    guard let name else {
      guard images.count == 1 else { throw .several(names: shownNames) }
      return images[0]
    }
    // A whole name comes before the beginning of an id.
    let exact = images.filter { $0.names.contains(name) }
    let found = exact.isEmpty ? images.filter { $0.isNamed(name) } : exact
    guard found.count < 2 else { throw .ambiguous(name, count: found.count) }
    guard let image = found.first else {
      throw .noSuchImage(name, names: images.compactMap(\.names.first))
    }
    return image
  }

  private var shownNames: [String] {
    images.enumerated().map { place, image in image.names.first ?? "the \(place + 1). image" }
  }
}
