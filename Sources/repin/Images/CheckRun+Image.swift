import ImageLabels
import PythonPackaging
import UpdatePolicy

extension CheckRun {
  /// What an image's labels say of lockfiles that were read, by the limit of `[rebuild] max-age`.
  func comparison(
    of image: InspectedImage, with locks: [ReadLock]
  ) throws(CommandFailure) -> ImageComparison {
    let questions = locks.map { read in
      ImageComparison.Question(
        path: read.lock.path,
        labelled: LabelledLock(path: context.labelledPath(of: read.place), digest: read.lock.digest))
    }
    do throws(ImageInspectionError) {
      return try ImageComparison(of: image, with: questions, now: now, limit: imageMaximumAge?.seconds)
    } catch {
      throw .usage(ImageArguments.message(error, in: "--image-labels"), hint: error.remedy)
    }
  }
}

extension ImageComparison {
  /// Whether it has nothing to say that anybody should hear of again.
  var asksForNothing: Bool { reasons.isEmpty && !hasUnjudgedAge }
}
