import PythonPackaging
import Testing

/// Which names are offered for one that isn't there.
@Suite struct NearNamesTests {
  @Test(arguments: [
    ("flsk", ["flask", "click", "flask-login"], ["flask"]),
    ("flask-logn", ["flask", "flask-login"], ["flask-login"]),
    ("flasklogin", ["flask", "flask-login"], ["flask-login"]),
    ("requsets", ["requests", "requests-oauthlib"], ["requests"]),
    ("pandas", ["pandas", "panda"], ["panda"]),
    ("advisory", ["advisories", "annotate"], ["advisories"]),
    ("policies", ["policy"], ["policy"]),
    ("zz", ["aa", "numpy"], []),
    ("scikit-lern", ["scikit-learn", "scikit-lean", "scikit-image"], ["scikit-lean", "scikit-learn"]),
  ])
  func offers(name: String, known: [String], near: [String]) {
    #expect(NearNames.of(name, among: known) == near)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("abc", "abd", 1), ("abc", "acb", 1), ("kitten", "sitting", 3),
    ("requests", "requsets", 1),
  ])
  func measures(left: String, right: String, distance: Int) {
    #expect(NearNames.distance(Array(left.utf8), Array(right.utf8)) == distance)
    #expect(NearNames.distance(Array(right.utf8), Array(left.utf8)) == distance)
  }
}
