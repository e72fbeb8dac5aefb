/// An action of GitHub's by its commit, which nobody can move, with its version for those who read.
///
/// To renew one, take the commit of the version's tag as the action's own repository has it, and let somebody else look too.
enum PinnedAction: String, CaseIterable {
  case checkout = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
  case restoreCache = "actions/cache/restore@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0"
  case saveCache = "actions/cache/save@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0"
  case uploadArtifact = "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2"
  case uploadSARIF =
    "github/codeql-action/upload-sarif@192325c86100d080feab897ff886c34abd4c83a3 # v3.30.3"
}
