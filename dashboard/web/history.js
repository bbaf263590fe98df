// One choice of the reader is one step back. Streamlit adds a step for every change of the address that its server asks
// for, also where the server only fills in what a page opened or turned to shows by default: those replace the address.
(() => {
  const push = history.pushState.bind(history);
  let acted = false;
  const act = (event) => { acted ||= event.isTrusted; };
  addEventListener("pointerdown", act, true);
  addEventListener("keydown", act, true);
  addEventListener("popstate", () => { acted = false; }, true);

  // The same page, and everything the address said is still said: defaults were added, nothing was chosen.
  function onlyFillsIn(address) {
    const [from, to] = [location, new URL(address, location.href)];
    const said = new URLSearchParams(to.search);
    return from.pathname === to.pathname && [...new URLSearchParams(from.search)].every(([name, code]) => said.get(name) === code);
  }

  history.pushState = (state, unused, address) => {
    if (address && (!acted || onlyFillsIn(address))) history.replaceState(state, unused, address);
    else push(state, unused, address);
    acted = false;
  };
})();
