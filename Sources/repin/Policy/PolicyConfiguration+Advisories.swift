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
    guard let indexes = table.item("public-indexes") else { return }
    guard case .array(let items) = indexes.value else {
      throw table.unexpected(indexes, of: "public-indexes", expected: "an array of addresses")
    }
    for item in items {
      guard case .string(let address) = item.value else {
        throw table.unexpected(item, of: "public-indexes", expected: "an address")
      }
      publicIndexes.append(address)
    }
  }
}
