"""Opens pages of reports in Chromium and checks them: browse.py FOLDER PAGE…

Chromium is spoken to over two pipes (--remote-debugging-pipe), in messages of JSON that end with a zero byte, so that
nothing but Python's own library is needed.
"""

import base64
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE = 60  # seconds for an answer
PHONE, DESK = (390, 844), (1280, 900)


class Browser:
    """Chromium without a window: commands, their answers, and what happened meanwhile."""

    def __init__(self, profile):
        command_read, self.commands = os.pipe()
        self.answers, answer_write = os.pipe()

        def hand_over():
            # 3 and 4 may be what is to be moved there.
            first, second = os.dup(command_read), os.dup(answer_write)
            os.dup2(first, 3)
            os.dup2(second, 4)

        program = shutil.which("chromium")
        flags = [
            "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-sync",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}",
        ]
        if os.getuid() == 0:
            flags.append("--no-sandbox")  # as root it starts no other way
        self.process = subprocess.Popen(
            [program, *flags, "about:blank"], close_fds=False, preexec_fn=hand_over, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(command_read)
        os.close(answer_write)
        self.buffer, self.count, self.events, self.session = b"", 0, [], None
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Audits"):
            self.call(f"{domain}.enable")

    def receive(self):
        """The next message."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            if not select.select([self.answers], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("Chromium doesn't answer")
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise EOFError("Chromium is gone")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **parameters):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.commands, rest):]
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, event):
        while not any(e.get("method") == event for e in self.events):
            self.events.append(self.receive())

    def value(self, expression):
        """What an expression is worth on the page, promises awaited."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def show(self, size, scheme, medium=""):
        self.call("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                  mobile=size == PHONE)
        self.call("Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, address):
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait("Page.loadEventFired")
        time.sleep(0.1)

    def end(self):
        try:
            self.call("Browser.close")
        except (EOFError, RuntimeError, TimeoutError):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Words whose colour isn't 4.5 times as light, or dark, as what is behind them (WCAG 2.2, success criterion 1.4.3).
FAINT = """(() => {
  const parts = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const behind = element => {
    for (let up = element; up; up = up.parentElement) {
      const color = parts(getComputedStyle(up).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  let count = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style")) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    count += 1;
    if (ratio < 4.5) faint.add(`${ratio.toFixed(2)} ${element.localName}.${element.className}: ${walker.currentNode.data}`);
  }
  return { count, faint: [...faint].slice(0, 10) };
})()"""

# Presses each header of each table twice; what isn't in order then.
SORTING = """(() => {
  const wrong = [];
  let count = 0;
  for (const table of document.querySelectorAll("table")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const isNumber = head.classList.contains("n");
      const before = [...table.tBodies[0].rows].map(row => row.textContent).sort().join("\\n");
      for (const press of [1, 2]) {
        head.firstElementChild?.click();
        const values = [...table.tBodies[0].rows].map(row => row.cells[column].dataset.v ?? row.cells[column].textContent);
        const known = values.filter(value => value !== "");
        const isDown = head.getAttribute("aria-sort") === "descending";
        if (isDown !== ((press === 1) === isNumber)) wrong.push(`${head.textContent}: aria-sort`);
        if (values.slice(known.length).some(value => value !== "")) wrong.push(`${head.textContent}: unknown isn't last`);
        const words = new Intl.Collator("en", { numeric: true });
        for (let i = 1; i < known.length; i++) {
          const order = isNumber ? Number(known[i - 1]) - Number(known[i]) : words.compare(known[i - 1], known[i]);
          if (isDown ? order < 0 : order > 0) wrong.push(`${head.textContent}: ${known[i - 1]}, ${known[i]}`);
          if (isNumber && Number.isNaN(order)) wrong.push(`${head.textContent}: no number`);
        }
        count += known.length;
      }
      if (table.querySelectorAll("[aria-sort]").length !== 1) wrong.push(`${head.textContent}: aria-sort of others`);
      const after = [...table.tBodies[0].rows].map(row => row.textContent).sort().join("\\n");
      if (before !== after) wrong.push(`${head.textContent}: other rows`);
    });
  }
  return { count, wrong };
})()"""

# Types into the search box; how many rows are seen and how many there are, before, while and after.
SEARCH = """(async words => {
  const box = document.getElementById("q");
  const rows = [...document.querySelectorAll("tbody tr, details.time")];
  const seen = () => rows.filter(row => !row.hidden).length;
  const type = async text => {
    box.value = text;
    box.dispatchEvent(new Event("input"));
    await new Promise(resolve => setTimeout(resolve, 300));
    return seen();
  };
  const folds = () => [...document.querySelectorAll("details")].map(fold => fold.open).join();
  const before = folds();
  const some = await type(words);
  const fits = rows.filter(row => !row.hidden).every(row => {
    const lock = row.closest("details.lock")?.querySelector("summary").textContent ?? "";
    return words.toLowerCase().split(" ").every(word => (row.textContent + " " + lock).toLowerCase().includes(word));
  });
  const said = document.querySelector("output").textContent;
  const none = await type("no such thing anywhere");
  const all = await type("");
  return { total: rows.length, some, fits, said, none, all, isFoldedAgain: before === folds() };
})"""


def check(browser, page, folder, fail):
    name = page.stem
    for size, scheme, label in [(DESK, "light", "light"), (DESK, "dark", "dark"), (PHONE, "light", "phone"),
                                (PHONE, "dark", None)]:
        browser.show(size, scheme)
        browser.open(page.as_uri())
        for event in browser.events:
            method, body = event.get("method"), event.get("params", {})
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Audits.issueAdded",
                          "Page.javascriptDialogOpening"):
                fail(f"{scheme}: {json.dumps(body)[:400]}")
            if method == "Network.requestWillBeSent" and body["request"]["url"] != page.as_uri():
                fail(f"asks for {body['request']['url']}")
        background = browser.value("getComputedStyle(document.body).backgroundColor")
        if (sum(map(int, background[4:-1].split(","))) > 384) != (scheme == "light"):
            fail(f"{scheme}: {background} is behind it")
        # As it is, and with all that is folded.
        if label:
            shoot(browser, size, folder / f"{name}-{label}.png")
        for state in ("as it is", "unfolded"):
            if (width := browser.value(OVERFLOW)) > 0:
                fail(f"{size[0]} pixels, {state}: {width} too wide")
            found = browser.value(FAINT)
            if found["count"] < 5 or found["faint"]:
                fail(f"{scheme}, {state}: {found}")
            browser.value("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        if label and browser.value("document.querySelectorAll('details').length") and name not in ("page-many", "page-hostile"):
            shoot(browser, size, folder / f"{name}-{label}-unfolded.png")

    browser.show(DESK, "light")
    browser.open(page.as_uri())
    sorted_ = browser.value(SORTING)
    for wrong in sorted_["wrong"][:10]:
        fail(f"sorting: {wrong}")
    tables = browser.value("document.querySelectorAll('table').length")
    if tables and not sorted_["count"]:
        fail("nothing was sorted")
    searches = 0
    if browser.value("document.getElementById('q') !== null"):
        browser.open(page.as_uri())
        if browser.value("document.getElementById('q').parentElement.hidden"):
            fail("the search box is hidden")
        package, version = browser.value("""(() => {
          const head = document.querySelector("tbody th[scope=row]:not(:has(a[href^='#']))");
          return [head.textContent, head.nextElementSibling.textContent];
        })()""")
        for words in (package, package.upper(), f"{version} {package}"):
            searches += 1
            found = browser.value(f"{SEARCH}({json.dumps(words)})")
            if not (0 < found["some"] < found["total"] and found["fits"] and found["none"] == 0
                    and found["all"] == found["total"] and found["isFoldedAgain"]
                    and found["said"].startswith(f"{found['some']} row")):
                fail(f"search for {words}: {found}")
    # A link to a lockfile unfolds it.
    target = browser.value("document.querySelector('[data-section=lockfiles] a')?.getAttribute('href') ?? ''")
    if target:
        browser.value("document.querySelector('[data-section=lockfiles] a').click()")
        time.sleep(0.2)
        if not browser.value(f"document.querySelector('{target}').closest('details').open"):
            fail(f"{target} stays folded")
    # What a script put in from outside would do, the policy refuses.
    refused = browser.value("""new Promise(resolve => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", event => {
        seen.push(event.effectiveDirective);
        if (seen.length === 4) resolve(seen.sort().join(" "));
      });
      setTimeout(() => resolve(seen.sort().join(" ")), 3000);
      const script = document.createElement("script");
      script.textContent = "window.isBroken = true";
      const style = document.createElement("style");
      style.textContent = "body{display:none}";
      const image = document.createElement("img");
      image.src = "https://outside.example/x.png";
      const link = document.createElement("a");
      link.setAttribute("onclick", "window.isBroken = true");
      document.body.append(script, style, image, link);
      link.click();
    })""")
    if refused != "img-src script-src-attr script-src-elem style-src-elem" or browser.value("window.isBroken === true"):
        fail(f"the policy refuses only: {refused}")

    # Without a script all is there but what needs it.
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(page.as_uri())
    if browser.value("document.querySelectorAll('thead button, p.search:not([hidden])').length"):
        fail("looks as if there were a script")
    if browser.value("document.querySelectorAll('table').length") != tables or browser.value(OVERFLOW) > 0:
        fail("is another page without a script")
    browser.call("Emulation.setScriptExecutionDisabled", value=False)

    browser.open(page.as_uri())
    printed = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
    if not printed.startswith(b"%PDF") or len(printed) < 5_000:
        fail("doesn't print")
    browser.show(DESK, "light", "print")
    if browser.value("getComputedStyle(document.querySelector('.search') ?? document.createElement('p')).display") == "flex":
        fail("the search box is printed")
    return sorted_["count"], searches


def shoot(browser, size, file):
    """A picture of a page from its top, of at most so much of it as one looks at."""
    height = min(4_000, browser.value("document.documentElement.scrollHeight"))
    image = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                         clip={"x": 0, "y": 0, "width": size[0], "height": height, "scale": 1})
    file.write_bytes(base64.b64decode(image["data"]))


def main():
    folder, pages = pathlib.Path(sys.argv[1]), [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    if not pages:
        sys.exit("test-pages: no pages")
    failures = []
    with tempfile.TemporaryDirectory(prefix="repin-pages-", ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            for page in pages:
                before = len(failures)

                def fail(text):
                    failures.append(text)
                    print(f"test-pages: {page.name}: {text}", file=sys.stderr)

                cells, searches = check(browser, page, folder, fail)
                print(f"{page.name}: {'ok' if len(failures) == before else 'failed'}, {cells} cells sorted, "
                      f"{searches} searches")
        finally:
            browser.end()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
