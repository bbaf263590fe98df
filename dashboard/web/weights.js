/**
 * Sliders for weights that add up: two are moved, the third is the rest, and none leaves its limits.
 *
 * What a page mounts (`data`) is
 *
 *   { label, hint, names: [A, B, C], note, shares: [PERCENT, …], texts: [TEXT, …], least, total, code,
 *     presets: { label, choices: [[CODE, LABEL, IS_TAKEN], …] } }
 *
 * A moved slider takes from C; once C stands at `least`, A takes from B, and gives it back on its way down: `second`
 * is where B was put last. Told to the server: trigger `weights` (A-B-C, whole percents, or the code of a preset),
 * when a slider is let go and the server has answered the one before.
 */

const mounted = new WeakMap();
let ids = 0;
const PATIENCE = 3000; // milliseconds

export default function mount({ data, parentElement, setTriggerValue }) {
  let sliders = mounted.get(parentElement);
  if (!sliders) mounted.set(parentElement, (sliders = new Sliders(parentElement, data)));
  sliders.tell = (code) => setTriggerValue("weights", code);
  sliders.update(data);
  return () => {
    clearTimeout(sliders.waiting);
    sliders.root.remove();
    mounted.delete(parentElement);
  };
}

class Sliders {
  constructor(parent, { label, presets }) {
    const hint = `weights-hint-${++ids}`;
    this.root = parent.appendChild(element("div", { className: "weights", role: "group", ariaLabel: label }));
    this.presets = element("div", { className: "weights-presets", role: "group", ariaLabel: presets.label });
    this.rows = [0, 1].map((nth) => this.slider(nth, hint));
    this.rest = { name: element("span", {}), told: element("output", {}) };
    const rest = element("p", { className: "weights-row weights-rest" });
    rest.append(this.rest.name, this.rest.told);
    this.hint = element("p", { className: "weights-hint", id: hint });
    this.root.append(this.presets, ...this.rows.map((row) => row.label), rest, this.hint);
  }

  slider(nth, hint) {
    const name = element("span", {});
    const told = element("output", {});
    const input = element("input", { type: "range", step: 1 });
    input.setAttribute("aria-describedby", hint);
    input.oninput = () => this.moved(nth);
    input.onchange = () => this.send((this.mine = this.values.join("-")));
    const label = element("label", { className: "weights-row" });
    label.append(name, input, told);
    return { label, name, input, told };
  }

  /** Show what the server took, unless it has not yet heard of the newest choice: then that is told. */
  update(data) {
    clearTimeout(this.waiting);
    if (this.sent && this.sent !== data.code) {
      this.waiting = setTimeout(() => this.ask(), data.code === this.told ? 0 : PATIENCE);
      return;
    }
    this.sent = null;
    if (this.mine !== data.code) {
      this.mine = null;
      this.second = Math.round(data.shares[1]);
    }
    this.data = data;
    const { least, total } = data;
    this.hint.textContent = data.hint;
    this.rows.forEach((row, nth) => {
      Object.assign(row.input, { min: least, max: total - 2 * least, value: Math.round(data.shares[nth]) });
      row.name.textContent = data.names[nth];
      row.input.ariaLabel = data.names[nth];
    });
    this.rest.name.textContent = `${data.names[2]}（${data.note}）`;
    this.say(data.texts);
    this.offer();
  }

  offer() {
    const { choices } = this.data.presets;
    if (this.presets.childElementCount !== choices.length)
      this.presets.replaceChildren(...choices.map(() => element("button", { type: "button" })));
    choices.forEach(([code, label, isTaken], nth) => {
      const button = this.presets.children[nth];
      Object.assign(button, { textContent: label, ariaPressed: String(isTaken), onclick: () => this.send(code) });
    });
  }

  moved(nth) {
    if (nth === 1) this.second = Number(this.rows[1].input.value);
    const values = this.values;
    if (nth === 1) this.second = values[1];
    this.rows[1].input.value = values[1];
    this.say(values.map((value) => `${value}%`));
  }

  /** Whole percents: both sliders within the limits that leave the third its least. */
  get values() {
    const { least, total } = this.data;
    const first = Number(this.rows[0].input.value);
    const second = Math.min(this.second, total - least - first);
    return [first, second, total - first - second];
  }

  say(texts) {
    this.rows.forEach((row, nth) => {
      row.told.textContent = texts[nth];
      row.input.setAttribute("aria-valuetext", texts[nth]);
    });
    this.rest.told.textContent = texts[2];
  }

  send(code) {
    if (code === this.data.code && !this.sent) return;
    const isAsked = Boolean(this.sent);
    this.sent = code;
    performance.mark("guobao:weights");
    if (!isAsked) this.ask();
  }

  /**
   * Tell the server the newest choice, one at a time: a run that is cut short by the next choice may take an earlier one
   * for the last, and lets the page take everything down for a moment. What stays unanswered is told again.
   */
  ask(patience = PATIENCE) {
    this.tell((this.told = this.sent));
    this.waiting = setTimeout(() => this.ask(2 * patience), patience);
  }
}

const element = (name, properties) => Object.assign(document.createElement(name), properties);
