/// What new repositories begin as (git-init(1), "Template directory"): with no hook, and with a word that is stronger than
/// any `.gitattributes`, by which no file is given to a filter program.
enum GitTemplate {
  private static let attributes = "* -filter\n"

  /// Makes it in `directory`, unless it is there; the reason if that fails.
  static func make(_ directory: String) -> String? {
    let file = "\(directory)/info/attributes"
    if readFile(file, limit: 1 << 10) == Array(attributes.utf8) { return nil }
    return makeDirectories("\(directory)/info") ?? replaceFile(file, with: Array(attributes.utf8))
  }
}
