package import JSONReading
import PythonPackaging

/// Why nothing can be said of an image by what a tool told of it.
package enum ImageInspectionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A place in the text: line and column from 1, columns in bytes.
  package struct Place: Sendable, Hashable {
    package let line: Int
    package let column: Int
  }

  /// There is no text at all, as when the tool failed.
  case empty
  /// The text is no JSON.
  case malformed(JSONError, Place)
  /// JSON, and of no form that is known; what stands there.
  case unknownForm(found: String, Place)
  /// A list without an image.
  case noImage
  /// More images than anybody asks about at once.
  case tooMany(limit: Int)
  /// Several images, none of them chosen.
  case several(names: [String])
  /// No image of the name that is asked for; those that are there.
  case noSuchImage(String, names: [String])
  /// More than one image of the name that is asked for.
  case ambiguous(String, count: Int)
  /// A label of repin's that repin didn't write.
  case label(LabelKey, found: String, expected: String)
  /// A label of repin's without the one that belongs to it.
  case missingLabel(LabelKey, beside: LabelKey, value: String)

  /// Where in the text; nil: it is about all of it.
  package var place: Place? {
    switch self {
    case .malformed(_, let place), .unknownForm(_, let place): place
    default: nil
    }
  }

  /// A phrase without the place.
  package var description: String {
    switch self {
    case .empty: "found nothing, expected the JSON of an image's inspection"
    case .malformed(let error, _): "found \(error.foundPhrase), expected \(error.expectedPhrase)"
    case .unknownForm(let found, _): "found \(found), expected an image's inspection, or an object of labels"
    case .noImage: "found an empty list, expected an image"
    case .tooMany(let limit): "found more than \(limit) images, expected one"
    case .several(let names): "found \(names.count) images, expected one: \(Self.shown(names))"
    case .noSuchImage(let name, let names):
      "found no image `\(Self.shown(name))`"
        + (names.isEmpty ? ": it tells no name" : ", only \(Self.shown(names))")
    case .ambiguous(let name, let count):
      "found \(count) images that `\(Self.shown(name))` may mean, expected one"
    case .label(let key, let found, let expected):
      "label `\(key.rawValue)`: found `\(Self.shown(found))`, expected \(expected)"
    case .missingLabel(let key, let other, let value):
      "label `\(other.rawValue)`: found `\(Self.shown(value))` without `\(key.rawValue)` beside it"
    }
  }

  /// What would help.
  package var remedy: String {
    switch self {
    case .empty, .noImage: "look at what the tool said: is the image there, and its name right?"
    case .malformed, .unknownForm, .tooMany:
      "hand in what `docker inspect IMAGE`, `podman inspect IMAGE` or `skopeo inspect` writes"
    case .several(let names):
      "inspect one image, or name one by `--image`"
        + (names.first.map { ": `--image \(Self.shown($0))`" } ?? "")
    case .noSuchImage(_, let names):
      names.isEmpty ? "leave `--image` out" : "name one of these by `--image`"
    case .ambiguous: "name it by a whole id or digest"
    case .label, .missingLabel: "build the image with all that `repin labels` writes"
    }
  }

  private static let mostNames = 10

  private static func shown(_ text: String) -> String { PrintableText.excerpt(text, limit: 130) }

  private static func shown(_ names: [String]) -> String {
    let more = names.count - mostNames
    return names.prefix(mostNames).map { "`\(shown($0))`" }.joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }
}
