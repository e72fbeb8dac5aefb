import JSONReading

/// Reads the forms of JSON that ``ImageInspection`` names.
///
/// An object is looked through twice: first for what it is, by its members' names and kinds, then for what it holds.
struct ImageReader {
  private var scanner: JSONScanner
  /// Names of an image that are kept.
  private static let mostNames = 100

  init(_ scanner: JSONScanner) { self.scanner = scanner }

  /// All images of the text.
  mutating func images() throws(ImageInspectionError) -> [InspectedImage] {
    if scanner.bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { throw .empty }
    let images = try outermost()
    try parsed { scanner throws(JSONError) in try scanner.finish() }
    return images
  }

  private mutating func outermost() throws(ImageInspectionError) -> [InspectedImage] {
    switch try kind() {
    case .null:
      try skip()
      return [InspectedImage()]
    case .object: return try object(isOutermost: true)
    case .array:
      var images: [InspectedImage] = []
      try parsed { scanner throws(JSONError) in try scanner.beginArray() }
      while try parsed({ scanner throws(JSONError) in try scanner.nextElement() }) {
        guard try kind() == .object else { throw try unknown() }
        images += try object(isOutermost: false)
        guard images.count <= ImageInspection.mostImages else {
          throw .tooMany(limit: ImageInspection.mostImages)
        }
      }
      guard !images.isEmpty else { throw .noImage }
      return images
    case .string, .number, .boolean: throw try unknown()
    }
  }

  // MARK: Forms

  /// What an object tells of.
  private enum Form {
    case image
    case labels
    /// An image for each platform.
    case platforms
    /// What buildx knows of an image's name, and the image.
    case described
    case unknown
  }

  /// Looks through the object that comes next and reads nothing.
  private func form() throws(ImageInspectionError) -> Form {
    var ahead = self
    var (hasOnlyTexts, hasOnlyObjects, count) = (true, true, 0)
    var (isImage, hasImage, hasName) = (false, false, false)
    try ahead.members { reader, name throws(ImageInspectionError) in
      let kind = try reader.kind()
      switch name {
      case "Config", "config", "Labels", "State", "OCIv1":
        if kind == .object || kind == .null { isImage = true }
      case "rootfs", "RootFS", "GraphDriver": if kind == .object { isImage = true }
      case "RepoTags", "RepoDigests", "Layers": if kind == .array || kind == .null { isImage = true }
      case "image": hasImage = kind == .object
      case "name": hasName = kind == .string
      default: break
      }
      count += 1
      if kind != .string { hasOnlyTexts = false }
      if kind != .object || !name.contains("/") { hasOnlyObjects = false }
      try reader.skip()
    }
    if isImage { return .image }
    if hasImage && hasName { return .described }
    if hasOnlyTexts { return .labels }
    return hasOnlyObjects && count > 0 ? .platforms : .unknown
  }

  private mutating func object(isOutermost: Bool) throws(ImageInspectionError) -> [InspectedImage] {
    switch try form() {
    case .image: return [try image()]
    case .labels where isOutermost:
      var image = InspectedImage()
      try labels(of: &image)
      return [image]
    case .platforms where isOutermost: return try platforms()
    case .described where isOutermost: return try described()
    default: throw try unknown()
    }
  }

  private mutating func platforms() throws(ImageInspectionError) -> [InspectedImage] {
    var images: [InspectedImage] = []
    try members { reader, platform throws(ImageInspectionError) in
      guard images.count < ImageInspection.mostImages else {
        throw .tooMany(limit: ImageInspection.mostImages)
      }
      guard case .image = try reader.form() else { throw try reader.unknown() }
      var image = try reader.image()
      image.names.insert(platform, at: 0)
      images.append(image)
    }
    return images
  }

  private mutating func described() throws(ImageInspectionError) -> [InspectedImage] {
    var images: [InspectedImage] = []
    var name: String?
    try members { reader, member throws(ImageInspectionError) in
      switch member {
      case "name": name = try reader.text()
      case "image":
        if case .platforms = try reader.form() {
          images = try reader.platforms()
        } else if case .image = try reader.form() {
          images = [try reader.image()]
        } else {
          throw try reader.unknown()
        }
      default: try reader.skip()
      }
    }
    if let name, images.count == 1 { images[0].names.insert(name, at: 0) }
    return images
  }

  // MARK: An image

  /// What an image can be called, by what tells it.
  private struct Names {
    var tags: [String] = []
    var digests: [String] = []
    var name: String?
    var others: [String] = []
    var ids: [String] = []
  }

  private mutating func image() throws(ImageInspectionError) -> InspectedImage {
    var image = InspectedImage()
    var names = Names()
    var isContainer = false
    try members { reader, member throws(ImageInspectionError) in
      switch member {
      case "Config", "config": try reader.configuration(of: &image, &names)
      case "Labels": try reader.labels(of: &image)
      case "Created", "created": image.created = try reader.text() ?? image.created
      case "State":
        isContainer = true
        try reader.skip()
      case "OCIv1" where try reader.kind() == .object:
        let inner = try reader.image()
        image.created = image.created ?? inner.created
        image.labels.merge(inner.labels) { outer, _ in outer }
        image.labelCount = max(image.labelCount, inner.labelCount)
      // Of skopeo these are the tags of the whole repository, without its name.
      case "RepoTags": names.tags += try reader.texts().filter { $0.contains(":") }
      case "RepoDigests": names.digests += try reader.texts()
      case "Name": names.name = try reader.text()
      case "ImageName", "FromImage": names.others += try reader.text().map { [$0] } ?? []
      case "Id", "Digest", "Image", "FromImageID": names.ids += try reader.text().map { [$0] } ?? []
      default: try reader.skip()
      }
    }
    // A container's is another moment, and its image's isn't told.
    if isContainer { image.created = nil }
    let name = names.name.map { isContainer && $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    let all =
      (isContainer ? [] : names.tags + names.digests) + (name.map { [$0] } ?? []) + names.others + names.ids
    for name in all where !name.isEmpty && !image.names.contains(name) && image.names.count < Self.mostNames {
      image.names.append(name)
    }
    return image
  }

  private mutating func configuration(
    of image: inout InspectedImage, _ names: inout Names
  ) throws(ImageInspectionError) {
    guard try kind() == .object else { return try skip() }
    var (told, others) = (image, names.others)
    try members { reader, member throws(ImageInspectionError) in
      switch member {
      case "Labels": try reader.labels(of: &told)
      // Of a container: what it was made from, as it was asked for.
      case "Image": others += try reader.text().map { [$0] } ?? []
      default: try reader.skip()
      }
    }
    (image, names.others) = (told, others)
  }

  /// Reads labels, or null. Podman tells them twice.
  private mutating func labels(of image: inout InspectedImage) throws(ImageInspectionError) {
    guard try kind() == .object else { return try skip() }
    var labels = image.labels
    var count = 0
    try members { reader, name throws(ImageInspectionError) in
      count += 1
      guard let key = LabelKey(rawValue: name) else { return try reader.skip() }
      guard try reader.kind() == .string else {
        throw .label(key, found: Self.noun(try reader.kind()), expected: "a string")
      }
      if let text = try reader.text(), !text.isEmpty { labels[key] = text }
    }
    image.labels = labels
    image.labelCount = max(image.labelCount, count)
  }

  // MARK: Values

  /// Reads an object and hands on each member's name; `body` must read its value.
  private mutating func members(
    _ body: (inout ImageReader, String) throws(ImageInspectionError) -> Void
  ) throws(ImageInspectionError) {
    try parsed { scanner throws(JSONError) in try scanner.beginObject() }
    while let name = try parsed({ scanner throws(JSONError) in
      try scanner.nextName().map { scanner.string(of: $0) }
    }) {
      try body(&self, name)
    }
  }

  /// A string; nil: a value of another kind, which is skipped.
  private mutating func text() throws(ImageInspectionError) -> String? {
    try parsed { scanner throws(JSONError) in try scanner.textIfString().map { scanner.string(of: $0) } }
  }

  /// The strings of an array; none: a value of another kind, which is skipped.
  private mutating func texts() throws(ImageInspectionError) -> [String] {
    guard try kind() == .array else {
      try skip()
      return []
    }
    var texts: [String] = []
    try parsed { scanner throws(JSONError) in try scanner.beginArray() }
    while try parsed({ scanner throws(JSONError) in try scanner.nextElement() }) {
      if let text = try text(), texts.count < Self.mostNames { texts.append(text) }
    }
    return texts
  }

  private mutating func skip() throws(ImageInspectionError) {
    try parsed { scanner throws(JSONError) in try scanner.skipValue() }
  }

  private mutating func kind() throws(ImageInspectionError) -> JSONScanner.Kind {
    try parsed { scanner throws(JSONError) in try scanner.kind() }
  }

  private mutating func parsed<Value>(
    _ body: (inout JSONScanner) throws(JSONError) -> Value
  ) throws(ImageInspectionError) -> Value {
    do throws(JSONError) {
      return try body(&scanner)
    } catch {
      throw .malformed(error, place(of: error.offset))
    }
  }

  /// What is wrong where the next value is none of an inspection's.
  private mutating func unknown() throws(ImageInspectionError) -> ImageInspectionError {
    // White space is read first, so that the place is the value's.
    let kind = try kind()
    return .unknownForm(found: Self.noun(kind), place(of: scanner.offset))
  }

  private func place(of offset: Int) -> ImageInspectionError.Place {
    let before = scanner.bytes[..<min(offset, scanner.bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return ImageInspectionError.Place(line: line, column: before.count - start + 1)
  }

  private static func noun(_ kind: JSONScanner.Kind) -> String {
    switch kind {
    case .object: "an object of something else"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "a boolean"
    case .null: "null"
    }
  }
}
