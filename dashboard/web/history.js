// The address of a page is written by the component that draws it (figure/figure.js), not by Streamlit, which would know
// nothing of the periods changed in the browser and would send an old address with its next question.
(() => {
  let [search, path] = [location.search, location.pathname];

  // After every run the server tells Streamlit to forget the address; Streamlit then also empties the browser's.
  const empties = (address) => {
    const to = new URL(address, location.href);
    return to.pathname === location.pathname && !to.search && location.search !== "";
  };
  for (const name of ["pushState", "replaceState"]) {
    const write = history[name].bind(history);
    history[name] = (state, unused, address) => {
      if (address == null || !empties(address)) write(state, unused, address);
      [search, path] = [location.search, location.pathname];
    };
  }

  // A step back over periods alone asks nobody: the page holds them. Registered before Streamlit's own listener.
  const without = (text) => {
    const params = new URLSearchParams(text);
    for (const name of window.guobaoFrames ?? []) params.delete(name);
    return params.toString();
  };
  addEventListener("popstate", (event) => {
    const stays = path === location.pathname && search !== location.search && without(search) === without(location.search);
    [search, path] = [location.search, location.pathname];
    if (!stays) return;
    event.stopImmediatePropagation();
    dispatchEvent(new Event("guobao:moved"));
  }, true);
})();
