// Every text goes in through textContent or the canvas, so none of it can become markup.
const root = document.documentElement;
const $ = (id) => document.getElementById(id);
const STRAIGHT = { enabled: false };
const data = JSON.parse($("data").textContent);
// What is empty is left out on the way.
const card = (given) => ({ by: [], confidence: 1, events: [], predicate: "", roles: [], rows: [], sentences: [], title: "", ...given });
for (const node of data.nodes) Object.assign(node, { aliases: [], folds: false, ...node, cards: (node.cards || []).map(card) });
for (const edge of data.edges) Object.assign(edge, { dashes: false, repeats: false, smooth: STRAIGHT, ...edge, cards: edge.cards.map(card) });
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
const classes = new Map(Object.entries(data.classes));
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const ink = {}; // colours and fonts, from the style sheet

// What the reader has set; ids are those of nodes and lines.
const state = {
  chosen: null,
  hovered: null,
  path: null, // from one node to another: its ends, and the nodes and lines between them in order
  pathFrom: null, // the node whose path waits for its end
  without: { types: new Set(), relations: new Set(), statuses: new Set() },
  gone: new Set(), // hidden by hand
  called: new Set(), // asked for by name, whatever their type
  only: null, // these nodes and no others
  pinned: new Set(),
  from: 0,
  to: Infinity, // steps of the time line
  labels: false,
  events: true, // as nodes; else the direct lines stand for them
};

function make(tag, className, ...children) {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...children.filter((child) => child !== ""));
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function svg(tag, attributes, ...children) {
  const element = set(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
  element.append(...children);
  return element;
}

function button(text, action, className = "") {
  const element = Object.assign(make("button", className, text), { type: "button" });
  element.addEventListener("click", action);
  return element;
}

const count = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const cut = (text) => (text.length > 36 ? `${text.slice(0, 35)}…` : text); // as in layout.py

// A label in one line or, where it is long, in two that are as equal as its words allow.
function wrapped(label) {
  const text = cut(label);
  const halves = [...text.matchAll(/ /g)].map(({ index }) => [text.slice(0, index), text.slice(index + 1)]);
  const longer = (lines) => Math.max(...lines.map((line) => line.length));
  return text.length > 16 && halves.length ? halves.sort((a, b) => longer(a) - longer(b))[0] : [text];
}

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
const isEvent = (node) => node.shape === "square";
const typeName = (node) => classes.get(node.type).label;
const labelOf = (edge) => [...new Set(passing(edge).map((card) => card.title))].join(", ");
const doubted = (edge) => (edge.status === "asserted" ? labelOf(edge) : `${labelOf(edge)} (${edge.status})`);

function group(items, keys) {
  const groups = new Map();
  for (const item of items) {
    for (const key of new Set(keys(item))) {
      if (groups.has(key)) groups.get(key).push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

const linesOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) {
  linesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) linesOf.get(edge.to).push(edge);
}
const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const placed = (node) => node.x !== undefined; // of a large network only the most connected, until more are asked for
const joins = ({ from, to }) => placed(nodes.get(from)) && placed(nodes.get(to));
const importance = (node) => linesOf.get(node.id).length;
const byImportance = [...data.nodes].sort((a, b) => importance(b) - importance(a) || (a.label < b.label ? -1 : 1));

// What passes the filters: `nodes` and `edges` in order, `here` their ids, `links` the lines of each node, `near`
// what is in focus.
let shown;

const nodePasses = (node) => placed(node) && passes(node);

function passes(node) {
  if (state.pinned.has(node.id)) return true;
  return (!state.without.types.has(node.type) || state.called.has(node.id)) && !state.gone.has(node.id) && (!state.only || state.only.has(node.id)) &&
    (state.events || !node.folds) && timely(node);
}

const cardPasses = (card) => !state.without.statuses.has(card.status) && !state.without.relations.has(card.title) && timely(card);
const passing = ({ cards }) => cards.filter(cardPasses);
const edgePasses = (edge) => (!edge.repeats || !state.events) && edge.cards.some(cardPasses);

function see() {
  const some = data.nodes.filter(nodePasses);
  const here = new Set(some.map((node) => node.id));
  const lines = data.edges.filter((edge) => here.has(edge.from) && here.has(edge.to) && edgePasses(edge));
  const links = new Map(some.map((node) => [node.id, []]));
  for (const edge of lines) {
    here.add(edge.id);
    links.get(edge.from).push(edge);
    if (edge.to !== edge.from) links.get(edge.to).push(edge);
  }
  shown = { nodes: some, edges: lines, here, links, near: null };
}

// The selection, its lines and what they lead to; null while nothing is selected.
function focus() {
  if (state.path) return new Set([state.path.from, state.path.to, ...state.path.ids]);
  if (!state.chosen) return null;
  const lines = edges.has(state.chosen) ? [edges.get(state.chosen)] : shown.links.get(state.chosen) || [];
  return new Set([state.chosen, ...lines.flatMap((edge) => [edge.id, edge.from, edge.to])]);
}
