import PythonPackaging
import TOMLReading
import UpdatePolicy

extension PolicyConfiguration {
  /// A text of the configuration.
  struct Placed: Equatable {
    let text: String
    /// `repin.toml:3:10`.
    let place: String
  }

  /// Takes the table `[advisories]`.
  mutating func takeAdvisories(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "advisories", file: file)
    try table.refuseOthers(than: ["source", "max-age", "public-indexes"])
    if let item = table.item("source"), let text = try table.text(of: "source", orDate: false) {
      advisorySource = Placed(text: text, place: table.place(of: item))
    }
    advisoryMaximumAge = try table.duration("max-age")
    publicIndexes = try table.texts(of: "public-indexes", expected: "addresses") ?? []
  }
}
