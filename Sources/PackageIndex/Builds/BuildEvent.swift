/// What a build is about to do. Its texts are fit for one line of a terminal.
package enum BuildEvent: Sendable, Hashable {
  /// Something of a source tree is going to be run.
  case preparing(label: String)
  /// These requirements are going to be installed into the build's environment.
  case installing([String], label: String)
  /// They are going to be installed without the cutoff, which this version of pip doesn't know.
  case ignoringCutoff(pip: String?, label: String)
  /// A hook of the backend is going to be called.
  case running(hook: String, label: String)
}
