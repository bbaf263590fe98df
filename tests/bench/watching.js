// Put into every page that is measured: says when what was asked for stands on the screen.
window.__bench = (() => {
  const bench = { opened: null, took: null };
  const EVENTS = ["pointerdown", "keydown", "input", "change"];
  let began = null;
  let drawnAt = null;

  // Elements by selector, also those inside open shadow roots.
  bench.all = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...bench.all(selector, element.shadowRoot));
    }
    return found;
  };
  bench.drawn = () => Number(document.documentElement?.dataset.drawn ?? 0);

  // A frame in which the condition holds is on the screen when the next message is handled.
  const until = (holds, done) => {
    const look = () => {
      let holding = false;
      try { holding = holds(); } catch { /* the page is not there yet */ }
      if (!holding) { requestAnimationFrame(look); return; }
      const painted = new MessageChannel();
      painted.port1.onmessage = () => done(performance.now());
      painted.port2.postMessage(0);
    };
    requestAnimationFrame(look);
  };

  const begin = event => { began ??= event.timeStamp; };

  // Start to wait for one change: time runs from the reader's next action.
  bench.arm = (painted, want) => {
    const drawn = bench.drawn();
    bench.took = began = drawnAt = null;
    for (const type of EVENTS) addEventListener(type, begin, { capture: true });
    until(() => began !== null && painted(bench, want, drawn), now => {
      for (const type of EVENTS) removeEventListener(type, begin, { capture: true });
      bench.took = now - began;
    });
  };
  // The last repaint counts where a page has several exhibits.
  bench.result = () => Math.max(bench.took, drawnAt === null ? 0 : drawnAt - began);

  bench.open = painted => until(() => painted(bench, null, 0), now => { bench.opened = now; });
  new MutationObserver(() => { if (began !== null) drawnAt = performance.now(); })
    .observe(document, { subtree: true, attributes: true, attributeFilter: ["data-drawn"] });
  return bench;
})();
