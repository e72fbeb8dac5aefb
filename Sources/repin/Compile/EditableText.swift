import PythonPackaging
import RequirementsFiles

/// The URL in an editable's text, `name @ URL` or `URL#egg=name`, and the name that it tells.
struct EditableText {
  let url: String
  let name: PackageName?

  init(_ text: String) {
    if let requirement = try? Requirement(text), let url = requirement.url {
      self.url = url
      name = requirement.name
    } else {
      url = text
      name = DirectReference(text)?.egg.flatMap { try? PackageName($0) }
    }
  }
}
