import ArgumentParser
import ImageLabels
import PythonPackaging

/// The options that say which image is compared with lockfiles.
struct ImageArguments: ParsableArguments {
  @Option(
    name: .customLong("image-labels"),
    help: """
      Say whether an image was built from the lockfiles as they are, and how old it is: a file with what `docker inspect`, \
      `podman inspect` or `skopeo inspect` writes of it, or - for standard input.
      """)
  var files: [String] = []

  @Option(
    name: .customLong("image"),
    help: "Which image is meant where --image-labels tells of several: a tag, a name, a platform or an id.")
  var name: String?

  /// Takes what the environment says of options that the words don't give: `REPIN_IMAGE_LABELS` and `REPIN_IMAGE`.
  mutating func settle(by context: CommandContext) {
    if files.isEmpty, let value = context.variable("REPIN_IMAGE_LABELS") { files = [value] }
    // Alone the variable says nothing; it may be there for another command.
    if !files.isEmpty { name = name ?? context.variable("REPIN_IMAGE") }
  }

  /// The image that is meant; nil: none.
  func image(in context: CommandContext) throws(CommandFailure) -> InspectedImage? {
    guard let file = files.first else {
      if name == nil { return nil }
      throw .usage("`--image` names an image of `--image-labels`, which isn't given", hint: "give both")
    }
    guard files.count == 1 else {
      throw .usage(
        "`--image-labels` is given \(files.count) times: a check is about one image",
        hint: "check the others on their own")
    }
    if file.isEmpty { throw .usage("`--image-labels`: found nothing, expected a file or `-`") }
    let shown = file == "-" ? "standard input" : PrintableText.escaped(file, limit: 300)
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes =
        file == "-"
        ? try Files.read("-", limit: ImageInspection.greatestLength)
        : try Files.readRegular(context.absolute(file), limit: ImageInspection.greatestLength)
    } catch {
      throw .usage(
        "`--image-labels`: \(shown) can't be read: \(error.reason)",
        hint: "hand in what `docker inspect IMAGE` writes")
    }
    do throws(ImageInspectionError) {
      let image = try ImageInspection(bytes).image(named: name)
      _ = try image.locks()
      return image
    } catch {
      throw .usage(Self.message(error, in: shown), hint: error.remedy)
    }
  }

  /// `image.json:3:1: found …`.
  static func message(_ error: ImageInspectionError, in file: String) -> String {
    "\(file)\(error.place.map { ":\($0.line):\($0.column)" } ?? ""): \(error)"
  }
}
