import ArgumentParser

extension CheckCommand {
  /// Reads words behind `check` that say nothing unusual without the argument parser, as `CompileCommand` does; nil: it takes
  /// the argument parser to read them, or to tell what is wrong.
  init?(plain words: [String]) {
    self.init()
    var (directories, publicIndexes): ([String], [String]) = ([], [])
    var (source, imageName): (String?, String?)
    var imageFiles: [String] = []
    var (isQuiet, isStrict) = (false, false)
    let compile = CompileCommand(plain: words) { name, value, rest in
      switch name {
      case "quiet-if-unchanged" where value == nil: isQuiet = true
      case "strict" where value == nil: isStrict = true
      case "recursive", "advisories-source", "public-index", "image-labels", "image":
        guard let value = value ?? CompileCommand.value(in: &rest), !value.isEmpty else { return false }
        switch name {
        case "recursive": directories.append(value)
        case "public-index": publicIndexes.append(value)
        case "image-labels": imageFiles.append(value)
        case "image": imageName = value
        default: source = value
        }
      default: return nil
      }
      return true
    }
    guard let compile else { return nil }
    self.directories = directories
    quietIfUnchanged = isQuiet
    image = ImageArguments()
    image.files = imageFiles
    image.name = imageName
    advisories = AdvisoryArguments()
    advisories.source = source
    advisories.publicIndexes = publicIndexes
    advisories.strict = isStrict
    self.compile = compile
  }
}
