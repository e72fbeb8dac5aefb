import PubGrub

/// Checks that an explanation's steps hang together.
struct ExplanationCheck {
  let explanation: Explanation

  init(_ explanation: Explanation) {
    self.explanation = explanation
  }

  /// What is wrong; nil if nothing is.
  var fault: String? {
    var numbers = 0
    for (place, step) in explanation.steps.enumerated() {
      if step.premises.isEmpty { return "step \(place) has no premises" }
      if let number = step.number {
        numbers += 1
        if number != numbers { return "step \(place) has number \(number)" }
      }
      var precedingCount = 0
      for premise in step.premises {
        switch premise {
        case .external(let statement):
          if statement.cause.isDerived && statement.asides.isEmpty {
            return "step \(place) takes a proof as given"
          }
        case .preceding(let statement):
          precedingCount += 1
          let near = explanation.steps[max(0, place - 2)..<place]
          if !near.contains(where: { $0.conclusion.id == statement.id }) {
            return "step \(place) argues from something that isn't before it"
          }
        case .step(let cited, let statement):
          if cited >= place || explanation.steps[cited].conclusion.id != statement.id {
            return "step \(place) cites a wrong step"
          }
          if explanation.steps[cited].number == nil { return "step \(place) cites a step without number" }
        }
      }
      if (step.opening == .because) != (precedingCount == 0) && step.opening != .so {
        return "step \(place) opens wrongly"
      }
    }
    return nil
  }
}
