import UpdatePolicy

extension CheckVerdict {
  /// The class of what is coloured by it.
  var pageColor: StaticString {
    switch self {
    case .dueNow: "now"
    case .incomplete: "unknown"
    case .dueAtWindow: "window"
    case .noted: "noted"
    case .clean: "clean"
    }
  }
}

extension Finding.Urgency {
  var pageColor: StaticString {
    switch self {
    case .dueNow: "now"
    case .dueAtWindow: "window"
    case .noted: "noted"
    case .ignored: "plain"
    }
  }
}
