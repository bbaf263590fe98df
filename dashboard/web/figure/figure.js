/**
 * Draws exhibits: charts with the words, tables and files around them, over time where the server says so.
 *
 * The server names documents by address; this module fetches and draws them. A document is
 *
 *   { parts: [part, …] }                    part: { key, html, figure: { data, layout }, narrow, printed, file_name }
 *   { frames: { CODE: [part, …], … } }      a film: a frame per period
 *
 * `html` holds an element .exhibit-chart where the figure goes; `narrow` replaces keys of the layout on a small screen,
 * `printed` in a downloaded picture. Changing between the frames of a film asks nobody, only the address follows. Mounted is
 *
 *   { house, film: { parameter, label, choices: [[CODE, LABEL], …], url, follows } | null, code, url }   an exhibit, or
 *   { address: { own: {NAME: CODE}, frames: {NAME: CODE}, step } }   the page's address. A film that `follows` has no
 * bar of its own: it changes with another of the same parameter.
 * `house` is the address of what all share: { plotly, geojson, dark, words, config }. Told to the server: trigger
 * `county` (a county_code was chosen on a chart), trigger `stale` (a document is gone, because newer figures are in
 * service). documentElement.dataset.drawn counts finished drawings.
 */

const NARROW = 640;
const STEP = 1000; // changes within so many milliseconds are one step back
const PLAY = 900;
const IDLE = 600;
const PICKABLE = ".choroplethlocation, .point";
const kept = new Map(); // address → { promise, value } of its content, the newest last
const KEPT = 40;
const sheets = new WeakMap();
const held = new Map(); // name in the address → codes of the periods that the page holds
let drawn = 0;

/** Draw what a page mounts; called again whenever `data` or the theme changes. Returns how to take it down. */
export default async function mount(component) {
  const { data, parentElement } = component;
  if (data.address) {
    writeAddress(data.address);
    return () => {};
  }
  let sheet = sheets.get(parentElement);
  if (!sheet) sheets.set(parentElement, (sheet = new Sheet(parentElement)));
  await sheet.update(component);
  return () => {
    sheet.remove();
    sheets.delete(parentElement);
  };
}

/** Say in the address what the page shows: the server's choices as it tells them, the periods as they stand. */
function writeAddress({ own, frames, step }) {
  window.guobaoFrames = Object.keys(frames); // history.js: what changes without the server
  const now = new URLSearchParams(location.search);
  const next = new URLSearchParams(own);
  for (const [name, code] of Object.entries(frames)) {
    next.set(name, held.get(name)?.has(now.get(name)) ? now.get(name) : code);
  }
  go(next, step);
}

function go(params, step) {
  if (`?${params}` === location.search) return;
  history[step ? "pushState" : "replaceState"](history.state, "", `${location.pathname}?${params}`);
}

/** Fetch and keep; what failed is not kept. */
function content(url) {
  const found = kept.get(url) ?? { promise: fetched(url) };
  kept.delete(url);
  kept.set(url, found);
  found.promise.then((value) => (found.value = value), () => kept.delete(url));
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return found.promise;
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return answer.json();
}

let loaded;
/** The drawing library and what all exhibits share, loaded once. */
function house(url) {
  loaded ??= content(url).then(async (shared) => ({ ...shared, Plotly: await library(shared.plotly) }));
  return loaded;
}

/** Load plotly.js: our slim build is a module, the full build a script that leaves a global. */
async function library(url) {
  const module = await import(new URL(url, location.href));
  return module.default ?? window.Plotly;
}

class Sheet {
  constructor(root) {
    this.root = root;
    this.charts = new Map(); // key → element that a figure is drawn in
    this.turn = 0;
    this.changed = 0;
    this.width = 0;
    this.bar = root.appendChild(element("div", { className: "frame-bar", hidden: true }));
    this.told = root.appendChild(element("p", { className: "sheet-told", role: "status" }));
    this.body = root.appendChild(element("div", { className: "sheet" }));
    this.observer = new ResizeObserver(() => this.resized());
    this.observer.observe(this.body);
    this.onMove = () => this.data?.film && this.wanted() !== this.code && this.show(this.wanted());
    window.addEventListener("guobao:moved", this.onMove);
  }

  async update(component) {
    this.tell = component.setTriggerValue;
    const before = this.data;
    this.data = component.data;
    const { film } = this.data;
    if (film) held.set(film.parameter, new Set(film.choices.map(([code]) => code)));
    this.house = await house(this.data.house);
    if (film && JSON.stringify(film) !== JSON.stringify(before?.film)) this.frameBar();
    this.bar.hidden = !film || film.follows;
    await this.show(this.wanted());
  }

  remove() {
    this.stop();
    clearTimeout(this.soon);
    this.observer.disconnect();
    removeEventListener("guobao:moved", this.onMove);
    for (const chart of this.charts.values()) this.house.Plotly.purge(chart);
  }

  /** The frame that the address asks for, or the one the server took. */
  wanted() {
    const { film, code } = this.data;
    const asked = film && new URLSearchParams(location.search).get(film.parameter);
    return film && held.get(film.parameter).has(asked) ? asked : code;
  }

  /** Show a frame; of several asked for while one is being drawn only the last is. */
  async show(code) {
    const turn = ++this.turn;
    this.code = code;
    const { film, url } = this.data;
    if (film) this.markFrame(code);
    try {
      const parts = await this.parts(code);
      await this.drawing;
      if (turn !== this.turn) return;
      this.drawing = this.draw(parts);
      await this.drawing;
      this.failed = null;
      this.expect(film);
    } catch (problem) {
      if (turn !== this.turn) return;
      console.warn(problem);
      this.fail(url);
    }
  }

  /** Fetch a film before it is needed: the first of a page, later those of readers who use it, or are about to. */
  expect(film) {
    clearTimeout(this.soon);
    if (film && (!this.expected || this.changed)) this.soon = setTimeout(() => content(film.url).catch(() => {}), IDLE);
    this.expected = true;
  }

  async parts(code) {
    const { film, url } = this.data;
    const single = !film || (code === this.data.code && !kept.get(film.url)?.value);
    const { parts, frames } = await content(single ? url : film.url);
    return parts ?? frames[code];
  }

  /** Newer figures may be in service: ask the server once for new addresses, then say that nothing can be shown. */
  fail(url) {
    if (this.failed !== url) this.tell("stale", (this.failed = url));
    else this.body.replaceChildren(element("p", { className: "sheet-failed", role: "alert", textContent: this.house.words.failed }));
  }

  async draw(parts) {
    const focused = document.activeElement?.dataset?.county;
    const open = [...this.body.querySelectorAll("details")].map((one) => one.open);
    const sections = parts.map((part) => this.section(part));
    this.body.replaceChildren(...sections);
    [...this.body.querySelectorAll("details")].forEach((one, nth) => (one.open = open[nth] ?? one.open));
    this.width = this.body.clientWidth;
    if (this.shown && !this.data.film?.follows) this.told.textContent = this.body.querySelector("h2")?.textContent ?? "";
    this.shown = parts;
    for (const [key, chart] of this.charts) {
      if (parts.some((part) => part.key === key && part.figure)) continue;
      this.house.Plotly.purge(chart);
      this.charts.delete(key);
    }
    await this.plotAll(focused);
  }

  async plotAll(focused) {
    await Promise.all(this.shown.filter((part) => part.figure).map((part) => this.plot(part, focused)));
    document.documentElement.dataset.drawn = ++drawn;
    performance.mark("guobao:drawn");
  }

  section(part) {
    const section = element("section", { className: "exhibit", innerHTML: part.html });
    const place = section.querySelector(".exhibit-chart");
    if (place && part.figure) {
      if (!this.charts.has(part.key)) this.charts.set(part.key, element("div", { className: "exhibit-plot" }));
      place.append(this.charts.get(part.key));
    }
    section.querySelector(".exhibit-files")?.addEventListener("click", (event) => this.file(event, part));
    return section;
  }

  async plot(part, focused) {
    const chart = this.charts.get(part.key);
    const { Plotly, config } = this.house;
    const { data, layout } = this.placed(part.figure, isDark() ? this.house.dark : {});
    const width = chart.parentElement.clientWidth;
    Object.assign(layout, width < NARROW ? part.narrow : {}, { width });
    await Plotly.react(chart, data, layout, config);
    if (!chart.dataset.bound) {
      chart.dataset.bound = "yes";
      chart.on("plotly_click", ({ points }) => {
        const point = points.find((one) => one.data.meta?.pick);
        if (point) this.tell("county", point.location ?? point.id);
      });
    }
    this.reach(chart, focused);
  }

  /** A copy of a figure with geometry by address and colours of the page: every colour has one for a dark page. */
  placed(figure, colours) {
    const text = JSON.stringify(figure).replace(/#[0-9a-f]{6}\b/g, (colour) => colours[colour] ?? colour);
    const copy = JSON.parse(text);
    for (const trace of copy.data) {
      if (trace.geojson) trace.geojson = new URL(this.house.geojson[trace.geojson], location.href).href;
    }
    return copy;
  }

  /** Let the keyboard reach the counties of a chart: Tab enters, arrows move, Enter chooses. */
  reach(chart, focused) {
    const points = [...chart.querySelectorAll(PICKABLE)].flatMap((one) => {
      const trace = chart.data[one.closest(".trace")?.__data__?.[0]?.trace?.index];
      if (!trace?.meta?.pick) return [];
      const nth = one.__data__.loc ? trace.locations.indexOf(one.__data__.loc) : one.__data__.i;
      const county = one.__data__.loc ?? trace.ids?.[nth];
      return county ? [Object.assign(one, { county, words: textOf(trace, nth) })] : [];
    });
    const first = new Map(points.map((one) => [one.county, one])); // of several points of a county the last, newest
    const reached = [...first.values()];
    for (const one of reached) {
      one.dataset.county = one.county;
      one.setAttribute("role", "button");
      one.setAttribute("aria-label", one.words);
      one.setAttribute("tabindex", one === reached[0] ? "0" : "-1");
      one.onkeydown = (event) => this.key(event, one, reached);
    }
    if (focused && !this.bar.contains(document.activeElement)) first.get(focused)?.focus({ preventScroll: true });
  }

  key(event, from, points) {
    if (event.key === "Enter" || event.key === " ") this.tell("county", from.county);
    else if (!(event.key in TOWARDS)) return;
    else {
      const next = nearest(from, points, TOWARDS[event.key]);
      if (next) {
        from.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus();
      }
    }
    event.preventDefault();
  }

  resized() {
    if (!this.shown || Math.abs(this.body.clientWidth - this.width) < 2) return;
    this.width = this.body.clientWidth;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.plotAll(), 120);
  }

  /** Pictures are made here, tables by the server. */
  async file(event, part) {
    const { href, dataset } = event.target.closest("a, [data-file]") ?? {};
    if (!dataset) return;
    event.preventDefault();
    const status = event.currentTarget.querySelector("[role=status]");
    try {
      if (href) save(...(await this.table(href)));
      else if (dataset.file !== "copy") save(await this.picture(part, dataset.file), `${part.file_name}.${dataset.file}`);
      else await navigator.clipboard.write([new ClipboardItem({ "image/png": this.picture(part, "png") })]);
      status.textContent = this.house.words[dataset.file === "copy" ? "copied" : "saved"];
    } catch (problem) {
      console.warn(problem);
      status.textContent = this.house.words.unsaved;
    }
  }

  /** The server's file and its name; one of older figures is gone, and the page asks for new addresses. */
  async table(url) {
    const answer = await fetch(url);
    if (answer.status === 410) this.tell("stale", url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return [await answer.blob(), decodeURIComponent(answer.headers.get("content-disposition").split("''")[1])];
  }

  /** The chart as a file: light, of fixed size, with title, unit, cut-off date, sources and mark inside; PNG doubled. */
  async picture(part, format) {
    const { data, layout } = this.placed({ data: part.figure.data, layout: { ...part.figure.layout, ...part.printed } }, {});
    const { width, height } = layout;
    const options = { format, width, height, scale: format === "png" ? 2 : 1 };
    const url = await this.house.Plotly.toImage({ data, layout, config: this.house.config }, options);
    return (await fetch(url)).blob();
  }

  frameBar() {
    const { label, choices } = this.data.film;
    const { words } = this.house;
    const at = () => choices.findIndex(([code]) => code === this.code);
    const to = (nth) => this.choose(choices[Math.min(Math.max(nth, 0), choices.length - 1)][0]);
    const step = (text, by) =>
      element("button", { type: "button", className: "frame-step", textContent: by < 0 ? "◀" : "▶", title: text, ariaLabel: text, onclick: () => (this.stop(), to(at() + by)) });
    this.slider = element("input", { type: "range", className: "frame-slider", min: 0, max: choices.length - 1, ariaLabel: label, oninput: (event) => (this.stop(), to(Number(event.target.value))) });
    this.list = element("select", { className: "frame-list", onchange: (event) => (this.stop(), this.choose(event.target.value)) });
    for (const [code, text] of [...choices].reverse()) this.list.append(element("option", { value: code, textContent: text }));
    this.button = element("button", { type: "button", className: "frame-play", onclick: () => (this.playing ? this.stop() : this.play(to, at, choices.length)) });
    const named = element("label", { className: "frame-label", textContent: label });
    named.append(this.list);
    this.bar.onpointerenter = this.bar.onfocusin = () => content(this.data.film.url).catch(() => {});
    this.bar.replaceChildren(named, step(words.earlier, -1), this.slider, step(words.later, 1), this.button);
    this.stop();
  }

  markFrame(code) {
    const { choices } = this.data.film;
    const nth = choices.findIndex(([one]) => one === code);
    this.list.value = code;
    this.slider.value = nth;
    this.slider.setAttribute("aria-valuetext", choices[nth]?.[1] ?? "");
  }

  /** A reader's choice: a step of its own in the history, unless it follows the one before at once. */
  choose(code) {
    if (code === this.code) return;
    const now = Date.now();
    const params = new URLSearchParams(location.search);
    params.set(this.data.film.parameter, code);
    go(params, now - this.changed > STEP);
    this.changed = now;
    this.show(code);
    dispatchEvent(new Event("guobao:moved")); // films that follow this one
  }

  play(to, at, count) {
    if (at() === count - 1) to(0);
    this.run(setInterval(() => (at() === count - 1 ? this.stop() : to(at() + 1)), PLAY));
  }

  stop() {
    this.run(null);
  }

  run(timer) {
    clearInterval(this.playing);
    this.playing = timer;
    if (this.button) this.button.textContent = this.house.words[timer ? "pause" : "play"];
  }
}

const TOWARDS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The nearest point in a direction; what lies aside counts double. */
function nearest(from, points, [right, down]) {
  const middle = (one) => {
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const [x, y] = middle(from);
  const ways = points.filter((one) => one !== from).map((one) => {
    const [dx, dy] = [middle(one)[0] - x, middle(one)[1] - y];
    const ahead = dx * right + dy * down;
    return { one, ahead, far: ahead + 2 * Math.abs(dx * down + dy * right) };
  });
  return ways.filter((way) => way.ahead > 1).sort((a, b) => a.far - b.far)[0]?.one;
}

function textOf(trace, nth) {
  const text = trace.hovertext ?? trace.text;
  return String((Array.isArray(text) ? text[nth] : text) ?? "").replace(/<[^>]*>/g, " ");
}

function save(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

for (const name of ["online", "offline"])
  addEventListener(name, () => document.documentElement.toggleAttribute("data-offline", name === "offline"));

const isDark = () => getComputedStyle(document.querySelector(".stApp") ?? document.body).colorScheme.startsWith("dark");

const element = (name, properties) => Object.assign(document.createElement(name), properties);
