// Where the parts come together: what a click or a key does, and what is drawn then.

let renderer;
let boxes = []; // of the labels on the screen
let angle = 0; // at which the last node was given a place

const moving = (duration) => !calm.matches && { duration };
const press = (id, on) => set($(id), { "aria-pressed": on });
const announce = (text) => { $("announcement").textContent = text; };

function nodeLook(node) {
  const { near } = shown;
  const kept = near === null || near.has(node.id) || state.pinned.has(node.id);
  return { hidden: !shown.here.has(node.id), faded: !kept, marked: node.id === state.chosen || state.pinned.has(node.id) };
}

function edgeLook(edge) {
  const { near } = shown;
  const crowd = Math.min(1, Math.max(0.5, 300 / shown.edges.length));
  const opacity = near === null ? crowd : near.has(edge.id) ? 1 : 0.18 * crowd;
  return { hidden: !shown.here.has(edge.id), opacity, colour: ink[edge.status] || ink.line, marked: edge.id === state.chosen };
}

function viewOf() {
  const { clientWidth, clientHeight } = $("network");
  const { x: x1, y: y1 } = renderer.fromScreen({ x: 4, y: 4 });
  const { x: x2, y: y2 } = renderer.fromScreen({ x: clientWidth - 4, y: clientHeight - 4 });
  return { x1, y1, x2, y2, scale: renderer.scale() };
}

// Shows what the state says.
function refresh() {
  see();
  const gone = (id) => !shown.here.has(id);
  if (state.path && [state.path.from, state.path.to, ...state.path.ids].some(gone)) state.path = null;
  if (state.chosen && gone(state.chosen)) state.chosen = null;
  remember();
  shown.near = focus();
  renderer.paint();
  tell();
}

// Says beside the picture what it shows.
function tell() {
  fillPanel();
  tellFilters();
  const events = shown.nodes.filter(isEvent).length;
  $("counts").textContent = [count(shown.nodes.length - events, "entity", "entities"), count(events, "event"),
    count(shown.edges.length, "relation"), count(data.articles.length, "article")].join(" · ");
  if (root.dataset.view === "table") fillTable();
}

function boundsOf(ids) {
  if (!ids.length) return { x1: -200, y1: -150, x2: 200, y2: 150 };
  const spots = ids.map((id) => [renderer.at(id), nodes.get(id)]);
  const reach = (label) => 4 * Math.max(...wrapped(label).map((line) => line.length)) + 8;
  return {
    x1: Math.min(...spots.map(([at, node]) => at.x - reach(node.label))),
    x2: Math.max(...spots.map(([at, node]) => at.x + reach(node.label))),
    y1: Math.min(...spots.map(([at, node]) => at.y - node.size - 24)),
    y2: Math.max(...spots.map(([at, node]) => at.y + node.size + 40)),
  };
}

function fit(ids = shown.nodes.map((node) => node.id), animated = false) {
  if (!ids.length) return;
  const { x1, y1, x2, y2 } = boundsOf(ids);
  const { clientWidth, clientHeight } = $("network");
  const aside = 48; // for the zoom buttons
  if (clientWidth <= aside || clientHeight < 1) return; // not to be seen, as in a folded frame
  const scale = Math.min(1.25, (clientWidth - aside) / (x2 - x1), clientHeight / (y2 - y1)) * 0.97;
  renderer.show({ x: (x1 + x2) / 2 + aside / 2 / scale, y: (y1 + y2) / 2 }, scale, animated && moving(250));
}

// Selects a node or a line, or nothing; `centre` moves to it and leads the reader to the panel.
function select(id, centre = false) {
  if (id && !shown.here.has(id)) bringIn(id);
  askPath(null);
  Object.assign(state, { chosen: id, path: null });
  refresh();
  if (id && !state.chosen) announce("Outside of what the filters let through");
  const node = nodes.get(state.chosen);
  if (node) announce(`${node.label}, ${typeName(node)}, ${relations(shown.links.get(node.id).length)}`);
  if (!centre || !node) return;
  renderer.show(renderer.at(id), Math.max(renderer.scale(), 0.8), moving(300));
  $("panel").focus({ preventScroll: true });
}

// What a node leads to and what is not shown, be it hidden by hand or not drawn yet.
function beyond(id) {
  const out = (other) => state.gone.has(other) || (state.only && !state.only.has(other)) || !placed(nodes.get(other));
  return [...new Set(linesOf.get(id).filter(edgePasses).map((edge) => otherEnd(edge, id)))].filter(out);
}

const middle = () => renderer.fromScreen({ x: $("network").clientWidth / 2, y: $("network").clientHeight / 2 });

// Gives a node a place near those that it belongs to, on a ring around them.
function settle(node) {
  const near = linesOf.get(node.id).map((edge) => nodes.get(otherEnd(edge, node.id))).filter(placed).map(({ id }) => renderer.at(id));
  const mean = (axis) => (near.length ? near.reduce((sum, at) => sum + at[axis], 0) / near.length : middle()[axis]);
  angle += 2.4; // the golden angle: no two in one direction
  Object.assign(node, { x: mean("x") + 140 * Math.cos(angle), y: mean("y") + 140 * Math.sin(angle) });
}

function bringIn(id) {
  const node = nodes.get(id);
  if (!node) return;
  state.gone.delete(id);
  if (state.without.types.has(node.type)) state.called.add(id);
  if (state.only) state.only.add(id);
  if (node.folds && !state.events) foldEvents(false);
  if (placed(node)) { see(); return; }
  settle(node);
  see();
  renderer.paint();
}

function foldEvents(folded) {
  state.events = !folded;
  press("show-events", state.events);
  relationLegend();
}

function expand(id) {
  beyond(id).forEach(bringIn);
  refresh();
}

function hide(id) {
  state.gone.add(id);
  state.pinned.delete(id);
  select(null);
}

function isolate(id) {
  state.only = new Set([id, ...(shown.links.get(id) || []).map((edge) => otherEnd(edge, id))]);
  refresh();
  fit(undefined, true);
}

function pin(id) {
  state.pinned[state.pinned.has(id) ? "delete" : "add"](id);
  refresh();
}

// The address of a selection or a path, to come back to.
function remember() {
  const { chosen, path } = state;
  const edge = edges.get(chosen);
  const list = (...parts) => parts.map(encodeURIComponent).join(",");
  const iri = (id) => nodes.get(id).iri;
  const hash = path ? `#path=${list(iri(path.from), iri(path.to))}`
    : edge ? `#line=${list(iri(edge.from), iri(edge.to), edge.status, edge.cards[0].title)}`
    : chosen ? `#node=${list(iri(chosen))}` : "#";
  // A frame in a notebook has no address to change.
  try { if ((location.hash || "#") !== hash) history.replaceState(null, "", hash); } catch { /* the page works without */ }
}

function recall() {
  const [, kind, names] = location.hash.match(/^#(node|line|path)=(.+)$/) || [];
  let parts;
  try { parts = (names || "").split(",").map(decodeURIComponent); } catch { return; }
  const find = (iri) => data.nodes.find((node) => node.iri === iri)?.id;
  const [one, other] = parts.slice(0, kind === "node" ? 1 : 2).map(find);
  if (!one || (kind !== "node" && !other)) return;
  setView(false);
  if (kind === "path") { showPath(one, other); return; }
  if (kind === "node") { select(one, true); return; }
  [one, other].forEach(bringIn);
  const between = linesOf.get(one).filter((edge) => edge.from === one && edge.to === other && shown.here.has(edge.id));
  const same = between.find((edge) => edge.status === parts[2] && edge.cards[0].title === parts[3]);
  if (!between.length) return;
  select((same || between[0]).id);
  fit([one, other], true);
}

// Walks along the line that leads most nearly in the direction of an arrow key.
function walk(key) {
  const way = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }[key];
  const here = nodes.has(state.chosen) ? state.chosen : null;
  if (!here) { select(byImportance.find((node) => shown.here.has(node.id))?.id || null); return; }
  const from = renderer.at(here);
  const turn = (id) => {
    const to = renderer.at(id);
    return Math.abs(Math.atan2(Math.sin(Math.atan2(to.y - from.y, to.x - from.x) - way), Math.cos(Math.atan2(to.y - from.y, to.x - from.x) - way)));
  };
  const best = shown.links.get(here).map((edge) => otherEnd(edge, here)).filter((id) => id !== here && turn(id) < Math.PI / 2)
    .sort((a, b) => turn(a) - turn(b))[0];
  if (!best) { announce(`Nothing that way from ${nodes.get(here).label}`); return; }
  const line = shown.links.get(here).find((edge) => otherEnd(edge, here) === best);
  select(best);
  renderer.show(renderer.at(best), renderer.scale(), moving(200));
  announce(`${doubted(line)}: ${$("announcement").textContent}`);
}

function keys() {
  const zoom = (factor) => renderer.show(middle(), renderer.scale() * factor, false);
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("zoom-fit").addEventListener("click", () => fit(undefined, true));
  $("network").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // the browser's own
    const act = { "+": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(undefined, true), Enter: () => $("panel").focus() }[event.key];
    if (event.key.startsWith("Arrow")) walk(event.key);
    else if (act) act();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("query").open && (state.chosen || state.path || state.pathFrom)) select(null);
  });
}

function retheme() {
  const style = getComputedStyle(root);
  for (const colour of ["stage", "ink", "faint", "line", "planned", "rumoured", "denied", "former"]) {
    ink[colour] = style.getPropertyValue(`--${colour}`).trim();
  }
  ink.font = getComputedStyle(document.body).fontFamily;
  $("theme").textContent = isDark() ? "Light" : "Dark";
}

function chosenRenderer() {
  if (data.renderer === "vis") return visRenderer($("network"));
  try {
    return sigmaRenderer($("network"));
  } catch { // no WebGL: slower, and the same
    return canvasInstead();
  }
}

function canvasInstead() {
  $("network").replaceChildren();
  return visRenderer($("network"));
}

let answered = 0; // when a click last chose the end of a path

const heard = {
  drawn(ctx) { if (renderer && $("network").clientWidth > 8) boxes = annotate(canvasPen(ctx), viewOf()); },
  hover(id) { state.hovered = id; renderer.redraw(); },
  lost() { renderer = canvasInstead(); renderer.start(); },
  open(id) { expand(id); },
  click(node, edge, spot) {
    const label = boxes.find((box) => !apart(box, around(spot.x, spot.y, 0, 0)));
    const id = node || (label && label.id) || edge || null;
    if (Date.now() - answered < 400) return; // the second half of a double click
    if (state.pathFrom && nodes.has(id)) { showPath(state.pathFrom, id); answered = Date.now(); }
    else select(id);
  },
};

try {
  const wide = matchMedia("(min-width: 901px)");
  const unfold = () => { $("legend").open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  state.labels = data.edges.length <= 60;
  retheme();
  timeLine();
  see();
  renderer = chosenRenderer();
  legend();
  tell();
  renderer.start();
  search();
  exports();
  keys();
  press("show-labels", state.labels);
  $("show-labels").addEventListener("click", () => { state.labels = !state.labels; press("show-labels", state.labels); renderer.redraw(); });
  $("show-events").addEventListener("click", () => { foldEvents(state.events); refresh(); });
  $("show-events").hidden = !data.nodes.some((node) => node.folds);
  $("show-table").addEventListener("click", () => setView(root.dataset.view !== "table"));
  $("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; retheme(); refresh(); });
  dark.addEventListener("change", () => { retheme(); refresh(); });
  addEventListener("hashchange", recall);
  addEventListener("beforeprint", () => {
    fillTable(PRINTED_ROWS);
    if ($("network").clientWidth) $("stage").append(set(snapshot(), { id: "printed", role: "img", "aria-label": "Network" }));
  });
  addEventListener("afterprint", () => { fillTable(); $("printed")?.remove(); });
  const size = () => [$("network").clientWidth, $("network").clientHeight].join();
  let last = size();
  let seen = $("network").clientWidth > 0;
  new ResizeObserver(() => {
    if (size() === last) return;
    last = size();
    if (!$("network").clientWidth) return;
    renderer.resize();
    if (!seen) fit(); // shown for the first time
    seen = true;
  }).observe($("network"));
} catch (error) {
  see();
  setView(true); // the facts stand without the picture
  $("tools").hidden = true;
  throw error;
}
recall();
root.dataset.ready = "";
// For the console, and for tests: where a node stands on the screen, and which labels do.
window.kgPage = { spot: (id) => renderer.toScreen(renderer.at(id)), point: (id, t) => renderer.toScreen(renderer.point(edges.get(id), t)), labels: () => boxes, show: (id) => renderer.show(renderer.at(id), 1.5) };
