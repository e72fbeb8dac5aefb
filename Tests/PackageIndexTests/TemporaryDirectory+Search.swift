import TestSupport

extension TemporaryDirectory {
  /// Whether any file of a folder has either text in it.
  func contains(_ text: String, or other: String, in folder: String) -> Bool {
    names(in: folder).contains { name in
      let contents = self.text("\(folder)/\(name)") ?? ""
      return contents.contains(text) || contents.contains(other)
    }
  }
}
