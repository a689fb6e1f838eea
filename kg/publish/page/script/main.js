// Where the parts come together: what a click or a key does, and what is drawn then.

let renderer;
let boxes = []; // of the labels on the screen
let turn = 0; // of the last node that was given a place

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
  if (state.chosen && !shown.here.has(state.chosen)) state.chosen = null;
  if (state.path && !state.path.every((id) => shown.here.has(id) || state.path.length === 2)) state.path = null;
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
  const scale = Math.min(1.25, (clientWidth - aside) / (x2 - x1), clientHeight / (y2 - y1)) * 0.97;
  renderer.show({ x: (x1 + x2) / 2 + aside / 2 / scale, y: (y1 + y2) / 2 }, scale, animated && moving(250));
}

// Selects a node or a line, or nothing; `centre` moves to it and leads the reader to the panel.
function select(id, centre = false) {
  if (id && !shown.here.has(id)) bringIn(id);
  Object.assign(state, { chosen: id, path: null });
  refresh();
  remember();
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

// Gives a node a place near those that it belongs to, on a ring around them.
function settle(node) {
  const near = linesOf.get(node.id).map((edge) => nodes.get(otherEnd(edge, node.id))).filter(placed).map(({ id }) => renderer.at(id));
  const middle = renderer.fromScreen({ x: $("network").clientWidth / 2, y: $("network").clientHeight / 2 });
  const mean = (axis) => (near.length ? near.reduce((sum, at) => sum + at[axis], 0) / near.length : middle[axis]);
  turn += 2.4; // the golden angle: no two in one direction
  Object.assign(node, { x: mean("x") + 140 * Math.cos(turn), y: mean("y") + 140 * Math.sin(turn) });
}

function bringIn(id) {
  const node = nodes.get(id);
  if (!node) return;
  state.gone.delete(id);
  state.without.types.delete(node.type);
  if (state.only) state.only.add(id);
  if (node.folds && !state.events) { state.events = true; press("show-events", true); }
  if (placed(node)) { see(); return; }
  settle(node);
  see();
  renderer.paint();
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
  const at = (id) => encodeURIComponent(nodes.get(id).iri);
  const { chosen, path } = state;
  const ends = path ? [path[0], path[path.length - 1]] : edges.has(chosen) ? [edges.get(chosen).from, edges.get(chosen).to] : null;
  const hash = path ? `#path=${ends.map(at).join(",")}` : ends ? `#line=${ends.map(at).join(",")}` : chosen ? `#node=${at(chosen)}` : "#";
  // A frame in a notebook has no address to change.
  try { history.replaceState(null, "", hash); } catch { /* the page works without */ }
}

function recall() {
  const [, kind, names] = location.hash.match(/^#(node|line|path)=(.+)$/) || [];
  if (!kind) return;
  const ids = names.split(",").map((part) => {
    try { return data.nodes.find((node) => node.iri === decodeURIComponent(part))?.id; } catch { return undefined; }
  });
  if (!ids.length || ids.some((id) => !id)) return;
  const [one, other] = ids;
  if (kind === "path" && other) showPath(one, other);
  if (kind === "node") { bringIn(one); select(one, true); }
  const line = kind === "line" && linesOf.get(one).find((edge) => otherEnd(edge, one) === other && shown.here.has(edge.id));
  if (line) select(line.id);
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
  const zoom = (factor) => renderer.show(middle(), renderer.scale() * factor, moving(150));
  const middle = () => renderer.fromScreen({ x: $("network").clientWidth / 2, y: $("network").clientHeight / 2 });
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("zoom-fit").addEventListener("click", () => fit(undefined, true));
  $("network").addEventListener("keydown", (event) => {
    const act = { "+": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(undefined, true), Enter: () => $("panel").focus() }[event.key];
    if (event.key.startsWith("Arrow")) walk(event.key);
    else if (act) act();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (state.chosen || state.path)) select(null);
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

function toggle(id, key, then = () => {}) {
  press(id, state[key]);
  $(id).addEventListener("click", () => { state[key] = !state[key]; press(id, state[key]); then(); refresh(); });
}

function chosenRenderer() {
  if (data.renderer === "vis") return visRenderer($("network"), heard);
  try {
    return sigmaRenderer($("network"), heard);
  } catch { // no WebGL: slower, and the same
    $("network").replaceChildren();
    return visRenderer($("network"), heard);
  }
}

const heard = {
  drawn(ctx) { if (renderer) boxes = annotate(canvasPen(ctx), viewOf()); },
  hover(id) { state.hovered = id; renderer.redraw(); },
  open(id) { expand(id); },
  click(node, edge, spot) {
    const label = boxes.find((box) => !apart(box, around(spot.x, spot.y, 0, 0)));
    const id = node || (label && label.id) || edge || null;
    if (state.pathFrom && nodes.has(id)) showPath(state.pathFrom, id);
    else select(id);
  },
};

try {
  $("legend").open = innerWidth > 900;
  state.labels = data.edges.length <= 60;
  retheme();
  timeLine();
  see();
  renderer = chosenRenderer();
  legend();
  tell();
  if (data.renderer === "vis") fit();
  renderer.redraw(); // sigma shows all from the start
  search();
  exports();
  keys();
  toggle("show-labels", "labels");
  toggle("show-events", "events", relationLegend);
  $("show-events").hidden = !data.nodes.some((node) => node.folds);
  $("show-table").addEventListener("click", () => setView(root.dataset.view !== "table"));
  $("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; retheme(); refresh(); });
  dark.addEventListener("change", () => { retheme(); refresh(); });
  addEventListener("hashchange", recall);
  addEventListener("beforeprint", () => fillTable(Infinity));
  recall();
  root.dataset.ready = "";
} catch (error) {
  see();
  setView(true); // the facts stand without the picture
  $("tools").hidden = true;
  throw error;
}
// For the console, and for tests: where a node stands on the screen, and which labels do.
window.kgPage = { spot: (id) => renderer.toScreen(renderer.at(id)), point: (id, t) => renderer.toScreen(renderer.point(edges.get(id), t)), labels: () => boxes, show: (id) => renderer.show(renderer.at(id), 1.5) };
