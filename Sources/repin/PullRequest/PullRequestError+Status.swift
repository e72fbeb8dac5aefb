import PullRequests

extension PullRequestError {
  /// How a command ends that stops for it.
  var status: ExitStatus {
    switch kind {
    case .input: .wrongInput
    case .refusal: .no
    case .outside: .outsideFailure
    case .cancellation: .interrupted
    }
  }
}
