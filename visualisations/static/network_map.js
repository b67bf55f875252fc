"use strict";
// Draws the network with vis-network and ties it to search, filters, panel and tables. Every text is put in place as
// text; nothing here reads or writes HTML.
(() => {
  const at = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const picture = JSON.parse(at("picture").textContent);
  if (!picture.nodes.length) return; // the page says that the map is empty
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const edges = new Map(picture.edges.map((edge) => [edge.id, edge]));
  const rows = new Map(all("#stakeholders tbody tr").map((row) => [row.dataset.id, row]));
  const ties = all("#ties tbody tr");
  const hidden = { category: new Set(), kind: new Set() };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let selected = null; // {node: id} or {edge: id}

  // ---- Drawing ------------------------------------------------------------------------------------------------

  const nodeSet = new vis.DataSet(picture.nodes.map((node) => ({ ...node, title: tooltip(node) })));
  const edgeSet = new vis.DataSet(picture.edges);
  const network = new vis.Network(at("map"), { nodes: nodeSet, edges: edgeSet }, JSON.parse(picture.options));

  function tooltip(node) {
    const row = rows.get(node.id);
    return `${row.querySelector("bdi").textContent}\n${row.querySelector(".about").textContent}`;
  }

  const shownNode = (node) => !hidden.category.has(node.category);
  const shownEdge = (edge) =>
    shownNode(nodes.get(edge.from)) && shownNode(nodes.get(edge.to)) && edge.kinds.some((kind) => !hidden.kind.has(kind));

  // What stays in full ink: the selection and its neighbours, or everything where nothing is selected.
  function lit() {
    if (!selected) return null;
    const around = new Set();
    for (const edge of edges.values()) {
      if (!shownEdge(edge)) continue;
      if (selected.edge === edge.id || selected.node === edge.from || selected.node === edge.to) {
        around.add(edge.id).add(edge.from).add(edge.to);
      }
    }
    return around.add(selected.node ?? selected.edge);
  }

  // Mixed with the page, not transparent: what lies behind must not shine through.
  function mixed(colour, page, share) {
    const channels = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
    const [front, back] = [channels(colour), channels(page)];
    return `rgb(${front.map((value, index) => Math.round(value * share + back[index] * (1 - share))).join(",")})`;
  }

  function paint() {
    const style = getComputedStyle(document.documentElement);
    const ink = (name) => style.getPropertyValue(`--${name}`).trim();
    const page = ink("page");
    const faded = (colour, share) => mixed(colour, page, share);
    const around = lit();
    const full = (id) => !around || around.has(id);
    nodeSet.update(picture.nodes.map((node) => {
      const border = full(node.id) ? ink(node.ink) : faded(ink(node.ink), 0.22);
      const background = node.filled ? border : page;
      const same = { background, border };
      const text = full(node.id) ? ink("text") : faded(ink("text"), 0.18);
      return {
        id: node.id,
        hidden: !shownNode(node),
        color: { ...same, highlight: { background, border: ink("text") }, hover: { background, border: ink("text") } },
        font: { size: node.written ?? node.font.size, color: text, strokeColor: page },
      };
    }));
    edgeSet.update(picture.edges.map((edge) => {
      const strong = ink(edge.ink);
      const colour = full(edge.id) ? strong : faded(strong, 0.15);
      return { id: edge.id, hidden: !shownEdge(edge), color: { color: colour, hover: strong, highlight: strong } };
    }));
  }

  // On a small screen or a large map the names would all be too small to read: then a few, those of the highest
  // scores, are written larger, as far as they do not cover each other; zooming in shrinks them again.
  const FEW = 10;
  const READABLE = 11; // pixels on the screen
  function nameAFew() {
    for (const node of picture.nodes) node.written = node.font.size;
    const size = READABLE / network.getScale();
    const least = Math.min(...picture.nodes.map((node) => node.font.size));
    const most = picture.nodes.filter((node) => node.font.size > least).sort((a, b) => b.font.size - a.font.size).slice(0, FEW);
    if (!most.length || size <= most[0].font.size) return;
    const written = [];
    for (const node of most) {
      const lines = node.label.split("\n");
      const half = Math.max(...lines.map((line) => line.length)) * size * 0.3;
      const box = [node.x - half, node.y, node.x + half, node.y + node.size + lines.length * size * 1.3];
      if (written.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      written.push(box);
      node.written = size;
    }
  }

  // ---- Selecting ----------------------------------------------------------------------------------------------

  function select(next, { move = false } = {}) {
    selected = next;
    network.unselectAll();
    if (next?.node) {
      network.selectNodes([next.node], false);
      if (move) network.focus(next.node, { scale: Math.max(network.getScale(), 0.9), animation: glide() });
    } else if (next?.edge) {
      network.selectEdges([next.edge]);
      if (move) {
        const { from, to } = edges.get(next.edge);
        network.fit({ nodes: [from, to], maxZoomLevel: 1.1, animation: glide() });
      }
    }
    for (const row of all("tr.picked")) row.classList.remove("picked");
    if (next?.node) rows.get(next.node).classList.add("picked");
    for (const row of ties) if (next?.edge && row.dataset.edge === next.edge) row.classList.add("picked");
    describe();
    nameAFew();
    paint();
  }

  const glide = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  network.on("click", ({ nodes: [node], edges: [edge] }) => select(node ? { node } : edge ? { edge } : null));

  // ---- The panel ----------------------------------------------------------------------------------------------

  function make(tag, content, className) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...[content ?? []].flat());
    return element;
  }

  function person(id) {
    const button = make("button", make("bdi", rows.get(id).querySelector("bdi").textContent), "link");
    button.type = "button";
    button.dataset.pick = id;
    button.querySelector("bdi").dir = "auto";
    return button;
  }

  const headings = all("#ties thead th").map((cell) => cell.textContent.trim());

  function tieFacts(row) {
    const list = make("dl");
    for (let column = 3; column < headings.length; column += 1) {
      const value = row.cells[column].textContent;
      if (value) list.append(make("dt", headings[column]), make("dd", value));
    }
    return list;
  }

  function describe() {
    const panel = at("panel");
    panel.hidden = !selected;
    panel.replaceChildren();
    if (!selected) return;
    const close = make("button", "✕", "close");
    close.type = "button";
    close.setAttribute("aria-label", "Clear the selection");
    close.addEventListener("click", () => select(null));
    const heading = make("h2");
    panel.append(make("div", [heading, close], "top"));
    if (selected.node) describeStakeholder(panel, heading);
    else describeLine(panel, heading);
    at("panel").closest(".side").scrollTop = 0;
  }

  function describeStakeholder(panel, heading) {
    const row = rows.get(selected.node);
    heading.append(row.querySelector("bdi").cloneNode(true));
    const flag = row.querySelector(".flag");
    const facts = all(".about", row).flatMap((cell) => (cell.textContent ? [...cell.cloneNode(true).childNodes, " "] : []));
    panel.append(make("p", facts), ...(flag ? [flag.cloneNode(true)] : []));
    const mine = ties.filter((tie) => tie.dataset.from === selected.node || tie.dataset.to === selected.node);
    panel.append(make("h3", mine.length === 1 ? "1 tie" : `${mine.length} ties`));
    panel.append(make("ul", mine.map((tie) => {
      const outward = tie.dataset.from === selected.node;
      const verb = tie.cells[1].textContent;
      const other = person(outward ? tie.dataset.to : tie.dataset.from);
      const line = outward ? [verb, " ", other] : [other, " ", verb, " this"];
      const status = tie.cells[3].textContent;
      const known = `${status === "Present" ? "" : `${status} · `}existence ${tie.cells[4].textContent} · `;
      const day = make("span", `confirmed ${tie.cells[8].textContent}`, "whole");
      return make("li", [make("div", line), make("div", [known, day], "quiet")]);
    })));
  }

  function describeLine(panel, heading) {
    const { from, to } = edges.get(selected.edge);
    heading.append(person(from), " – ", person(to));
    panel.append(make("ul", ties.filter((tie) => tie.dataset.edge === selected.edge).map((tie) =>
      make("li", [make("div", [person(tie.dataset.from), ` ${tie.cells[1].textContent} `, person(tie.dataset.to)]), tieFacts(tie)]))));
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-pick], [data-line]");
    if (!button) return;
    const next = button.dataset.pick ? { node: button.dataset.pick } : { edge: button.dataset.line };
    const inPanel = at("panel").contains(button);
    select(next, { move: true });
    if (inPanel || button.closest("#found")) at("panel").focus({ preventScroll: true });
    if (button.closest("table")) at("map").scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  });

  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && selected) select(null);
  });

  // ---- Search -------------------------------------------------------------------------------------------------

  const MOST_FOUND = 8;
  // Latin letters lose their accents, as they did in the search form; other scripts are looked up as written.
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();

  function find() {
    const wanted = plain(at("search").value);
    const asWritten = at("search").value.normalize("NFC").toLowerCase().trim();
    const found = wanted
      ? [...rows.values()].filter(({ dataset }) => dataset.search.includes(wanted) || dataset.search.includes(asWritten))
      : [];
    at("found").replaceChildren(...found.slice(0, MOST_FOUND).map((row) => make("li", person(row.dataset.id))));
    at("findings").textContent = !wanted ? ""
      : !found.length ? "Nobody of that name is on this map."
      : found.length > MOST_FOUND ? `${found.length} found, the first ${MOST_FOUND} shown` : `${found.length} found`;
  }

  at("search").addEventListener("input", find);
  at("search").addEventListener("keydown", (event) => {
    const first = at("found").querySelector("button");
    if (event.key === "Enter" && first) first.click();
  });

  // ---- Filters ------------------------------------------------------------------------------------------------

  document.addEventListener("change", ({ target }) => {
    for (const what of ["category", "kind"]) {
      if (target.dataset?.[what] === undefined || target.type !== "checkbox") continue;
      hidden[what][target.checked ? "delete" : "add"](target.dataset[what]);
      for (const row of rows.values()) row.hidden = hidden.category.has(row.dataset.category);
      for (const row of ties) {
        row.hidden = hidden.kind.has(row.dataset.kind) || rows.get(row.dataset.from).hidden || rows.get(row.dataset.to).hidden;
      }
      paint();
    }
  });

  // ---- Tables -------------------------------------------------------------------------------------------------

  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();

  for (const button of all(".sort")) {
    button.addEventListener("click", () => {
      const heading = button.parentElement;
      const body = heading.closest("table").tBodies[0];
      const numeric = heading.classList.contains("number");
      // Numbers are first asked for from the top, names from A.
      const rising = heading.ariaSort === "none" ? !numeric : heading.ariaSort === "descending";
      for (const other of heading.parentElement.cells) other.ariaSort = "none";
      heading.ariaSort = rising ? "ascending" : "descending";
      const column = heading.cellIndex;
      const sorted = [...body.rows].sort((a, b) => {
        const [x, y] = [value(a, column), value(b, column)];
        if (!x || !y) return x ? -1 : y ? 1 : 0; // what is unknown comes last either way
        const order = numeric ? x - y : collator.compare(x, y);
        return rising ? order : -order;
      });
      body.append(...sorted);
    });
  }

  // ---- View ---------------------------------------------------------------------------------------------------

  let touched = false; // whether somebody has moved the view; until then a resized window shows the whole again
  function showWhole(animation) {
    touched = false;
    network.fit({ animation });
    if (!animation) { nameAFew(); paint(); } // otherwise once it has arrived
  }
  function zoom(factor) {
    touched = true;
    network.moveTo({ scale: network.getScale() * factor, animation: glide() });
    if (calm.matches) nameAgain();
  }
  let naming;
  function nameAgain() {
    clearTimeout(naming);
    naming = setTimeout(() => { nameAFew(); paint(); }, 80); // not at every notch of the wheel
  }
  at("closer").addEventListener("click", () => zoom(1.35));
  at("farther").addEventListener("click", () => zoom(1 / 1.35));
  at("whole").addEventListener("click", () => showWhole(glide()));
  network.on("zoom", () => { touched = true; nameAgain(); });
  network.on("animationFinished", nameAgain);
  network.on("dragEnd", () => { touched = true; });
  // Once vis-network has followed the new size, which takes it a moment.
  let settling;
  network.on("resize", () => {
    clearTimeout(settling);
    settling = setTimeout(() => { if (!touched && !selected) showWhole(false); }, 150);
  });

  const frame = at("map").firstElementChild;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", "Network map: arrow keys move it, plus and minus zoom. The tables below say the same.");

  // The wheel scrolls the page until the map is in use, so that nobody is caught in it.
  const wheel = (zooms) => network.setOptions({ interaction: { zoomView: zooms } });
  at("map").addEventListener("pointerdown", () => { wheel(true); at("hint").hidden = true; });
  at("map").addEventListener("pointerleave", ({ pointerType }) => { if (pointerType === "mouse") { wheel(false); at("hint").hidden = true; } });
  at("map").addEventListener("wheel", () => {
    if (!network.interactionHandler.options.zoomView) at("hint").hidden = false;
  }, { passive: true });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  addEventListener("beforeprint", paint);
  addEventListener("afterprint", paint);

  // Only what has been drawn once has a size to be fitted.
  network.once("afterDrawing", () => {
    showWhole(false);
    if (picture.focus) select({ node: picture.focus });
  });
  paint();
  at("undrawn").hidden = true;
})();
