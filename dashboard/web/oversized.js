/**
 * Say which files the uploader has turned away for their size, until that is removed: the uploader itself says so only
 * until other files have been read, and sends nothing of them. No word goes to the server: a run of the page that
 * begins while the uploader asks where to send the others would lose the answer.
 *
 * What a page mounts (`data`) is { limit: BYTES, title, said, dismiss }.
 */

const MOST = 50;
const LONGEST = 120;
const mounted = new WeakMap();
// Outlives the list, which goes whenever its reader turns to another page.
const names = new Set();

export default function mount({ data, parentElement }) {
  let list = mounted.get(parentElement);
  if (!list) mounted.set(parentElement, (list = new List(parentElement)));
  list.data = data;
  list.draw();
  return () => {
    list.end();
    mounted.delete(parentElement);
  };
}

class List {
  constructor(parent) {
    this.root = parent.appendChild(element("div", "intake-oversized"));
    this.ended = new AbortController();
    // Before the uploader, which empties its input once it has taken what it wants.
    const early = { capture: true, signal: this.ended.signal };
    document.addEventListener("change", ({ target }) => target.type === "file" && this.see(target.files), early);
    document.addEventListener("drop", (event) => {
      if (event.target.closest('[data-testid="stFileUploader"]')) this.see(event.dataTransfer.files);
    }, early);
  }

  see(files) {
    for (const file of files) {
      if (file.size > this.data.limit && names.size < MOST) names.add(file.name.slice(0, LONGEST));
    }
    this.draw();
  }

  draw() {
    this.root.replaceChildren(...(names.size ? [this.section()] : []));
  }

  section() {
    const section = element("section", "intake-part", element("h3", "", this.data.title));
    section.setAttribute("role", "status");
    const items = [...names].map((name) => element("li", "", element("bdi", "", name), `：${this.data.said}`));
    const dismiss = element("button", "", this.data.dismiss);
    dismiss.type = "button";
    dismiss.addEventListener("click", () => {
      names.clear();
      this.draw();
    });
    section.append(element("ul", "intake-list", ...items), element("div", "exhibit-files", dismiss));
    return section;
  }

  end() {
    this.ended.abort();
    this.root.remove();
  }
}

function element(tag, name, ...parts) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...parts);
  return made;
}
