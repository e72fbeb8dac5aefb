/// What makes a page's tables sort and its search box search. The page says all it says without it.
enum PageScript {
  /// SHA-256 of the text, in Base64, by which the page's policy lets it run; a test computes it again.
  static let hash = "TWoHdKH1HB3d5Uv/jVwdgmkWR5eXTDFCUmJpxZTU0sQ="

  static let text = #"""
    (() => {
      "use strict";
      const all = (selector, root = document) => [...root.querySelectorAll(selector)];
      // Sorting: a press sorts numbers downwards and words upwards, the next the other way; what isn't known is last.
      const value = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.v ?? cell.textContent;
      };
      const words = new Intl.Collator("en", { numeric: true });
      for (const table of all("table")) {
        const heads = all("thead th", table);
        heads.forEach((head, column) => {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = head.textContent;
          head.replaceChildren(button);
          button.addEventListener("click", () => {
            const isNumber = head.classList.contains("n");
            const was = head.ariaSort;
            const isDown = was ? was === "ascending" : isNumber;
            for (const other of heads) other.ariaSort = null;
            head.ariaSort = isDown ? "descending" : "ascending";
            const body = table.tBodies[0];
            const keyed = [...body.rows].map(row => [value(row, column), row]);
            keyed.sort(([a], [b]) => {
              if (a === "" || b === "") return (a === "") - (b === "");
              const order = isNumber ? a - b : words.compare(a, b);
              return isDown ? -order : order;
            });
            body.append(...keyed.map(([, row]) => row));
          });
        });
      }
      // Search: rows and timelines that have all the words stay, and what they are in is unfolded.
      const box = document.getElementById("q");
      if (!box) return;
      const label = box.parentElement;
      label.hidden = false;
      const rows = all("tbody tr, details.time");
      const texts = new Map();
      const text = row => {
        if (!texts.has(row)) {
          const lock = row.closest("details.lock")?.querySelector("summary code").textContent ?? "";
          texts.set(row, (row.textContent + " " + lock).toLowerCase());
        }
        return texts.get(row);
      };
      const opened = new Set();
      let timer;
      const search = () => {
        const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const fold of opened) fold.open = false;
        opened.clear();
        const kept = new Set();
        let count = 0;
        for (const row of rows) {
          const fits = wanted.every(word => text(row).includes(word));
          row.hidden = !fits;
          if (!fits || !wanted.length) continue;
          count += 1;
          for (let up = row.parentElement.closest("details"); up; up = up.parentElement.closest("details")) {
            kept.add(up);
          }
        }
        for (const fold of all("details.lock")) fold.hidden = wanted.length > 0 && !kept.has(fold);
        // Of many only the first few are unfolded: a browser lays out no thousands at once.
        for (const fold of [...kept].slice(0, 40)) {
          if (!fold.open) {
            fold.open = true;
            opened.add(fold);
          }
        }
        label.querySelector("output").textContent =
          wanted.length ? `${count} ${count === 1 ? "row" : "rows"}` : "";
      };
      box.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(search, rows.length > 2000 ? 200 : 0);
      });
      search();
    })();

    """#
}
