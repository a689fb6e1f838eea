// The panel: what is said of the selection, each fact with its sentence.

const WORD = "(?!\\p{scx=Han})[\\p{L}\\p{N}]"; // Chinese has no spaces between words
const relations = (n) => count(n, "relation");

const icon = (node) => svg("svg", { viewBox: "0 0 24 24" }, svg("path", { d: classes.get(node.type).icon, "fill-rule": "evenodd" }));

function sign(node) {
  const drawn = classes.get(node.type).icon ? icon(node) : typeName(node).slice(0, 1).toUpperCase();
  const element = make("span", isEvent(node) ? "sign event" : "sign", drawn);
  element.style.backgroundColor = node.color;
  return set(element, { "aria-hidden": "true" });
}

const goTo = (id) => button(nodes.get(id).label, () => select(id, true));
const namesOf = (...ids) => ids.flatMap((id) => [nodes.get(id).label, ...nodes.get(id).aliases]);

// The sentences of one article, the names in them marked, and where they stand.
function quote(numbers, names, note) {
  const longest = [...new Set(names)].filter((name) => name.trim()).sort((a, b) => b.length - a.length);
  const any = longest.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
  const sentences = numbers.map((number) => {
    const [text] = data.sentences[number];
    const pieces = any ? text.split(new RegExp(`(?<!${WORD})(${any})(?!${WORD})`, "u")) : [text];
    return make("p", "", ...pieces.map((piece, i) => (i % 2 ? make("mark", "", piece) : piece)));
  });
  const [title, url, date] = data.articles[data.sentences[numbers[0]][1]];
  const source = make(url ? "a" : "span", "", title);
  if (/^https?:\/\//i.test(url)) Object.assign(source, { href: url, target: "_blank", rel: "noopener noreferrer" });
  return make("blockquote", "", ...sentences, make("footer", "", source, make("div", "", [date, note].filter(Boolean).join(" · "))));
}

const quotes = (numbers, names, note) =>
  [...group(numbers, (n) => [data.sentences[n][1]]).values()].map((some) => quote(some, names, note));

function rowsOf({ roles, rows }) {
  const all = [...roles.map(([label, id]) => [label, goTo(id)]), ...rows];
  return all.length ? make("dl", "", ...all.flatMap(([label, value]) => [make("dt", "", label), make("dd", "", value)])) : "";
}

// What rests on the same sentences, with the same certainty, shares them.
function section(what, entries) {
  const key = ({ card }) => JSON.stringify([card.status, card.by, card.confidence, card.sentences]);
  const cards = [...group(entries, (entry) => [key(entry)]).values()].map((some) => {
    const { status, by, confidence, sentences } = some[0].card;
    const names = some.flatMap((entry) => entry.names);
    const sure = confidence < 1 ? `confidence ${Math.round(confidence * 100)} %` : "";
    const certainty = status === "asserted" ? "" : make("span", `status ${status}`, status);
    const source = by.length ? make("span", "according", `according to ${by.join(", ")}`) : "";
    const note = [status === "asserted" ? status : "", sure].filter(Boolean).join(" · ");
    return make("div", "card", ...some.flatMap((entry) => entry.parts), make("p", "by", certainty, source),
      ...quotes(sentences, names, note), sentences.length ? "" : make("p", "by", note));
  });
  return cards.length ? [make("h3", "", what), ...cards] : [];
}

const headed = (card) => [card.title && make("p", "said", make("strong", "name", card.title)), rowsOf(card)];

function relation(edge, card, self) {
  const end = (id) => (id === self ? nodes.get(id).label : goTo(id));
  const triple = () => [make("p", "said", end(edge.from), make("span", "verb", ` ${card.title} `), end(edge.to)), rowsOf(card)];
  const parts = card.roles.length ? headed(card)
    : nodes.has(self) && isEvent(nodes.get(self)) ? [rowsOf({ roles: [[card.title, edge.to]], rows: card.rows })] : triple();
  return { card, names: namesOf(edge.from, edge.to), parts };
}

const relationsOf = (lines, self) => lines.flatMap((edge) => passing(edge).map((card) => relation(edge, card, self)));

function actions(node) {
  const pinned = state.pinned.has(node.id);
  const more = beyond(node.id);
  const list = [
    button("Hide", () => hide(node.id)),
    button("Only this", () => isolate(node.id)),
    button(pinned ? "Unpin" : "Pin", () => pin(node.id)),
    button("Path to …", () => askPath(node.id)),
  ];
  if (more.length) list.unshift(button(`Expand (${more.length})`, () => expand(node.id)));
  return set(make("div", "actions", ...list), { role: "group", "aria-label": `Actions on ${node.label}` });
}

function nodePanel(node) {
  const lines = shown.links.get(node.id) || [];
  const about = isEvent(node) ? [node.id, ...lines.map((edge) => otherEnd(edge, node.id))] : [node.id];
  const facts = passing(node).map((card) => ({ card, names: namesOf(...about), parts: headed(card) }));
  const entries = relationsOf(lines, node.id);
  return [
    make("p", "kind", sign(node), make("span", "name", typeName(node))),
    make("h2", "", node.label),
    node.aliases.length ? make("p", "soft", `Also ${node.aliases.join(" · ")}`) : "",
    actions(node),
    ...section(count(facts.length, "fact"), facts),
    ...section(relations(entries.length), entries),
  ];
}

function edgePanel(edge) {
  const entries = relationsOf([edge], null);
  return [
    make("p", "kind", make("span", "name", doubted(edge))),
    make("h2", "", nodes.get(edge.from).label, edge.arrows ? " → " : " – ", nodes.get(edge.to).label),
    ...section(relations(entries.length), entries),
  ];
}

function overview() {
  const lines = (node) => shown.links.get(node.id).length;
  const top = byImportance.filter((node) => shown.here.has(node.id)).sort((a, b) => lines(b) - lines(a)).slice(0, 10);
  const items = top.map((node) => make("li", "", sign(node), goTo(node.id), make("small", "", relations(lines(node)))));
  return [
    make("h2", "", top.length ? "Read the evidence" : "Nothing to show"),
    make("p", "soft", "Select a name or a line to read the sentences behind it. Drag to move, scroll or pinch to zoom."),
    make("h3", "", "Most connected"), make("ul", "list", ...items),
  ];
}

function fillPanel() {
  const { chosen, path } = state;
  const inside = $("panel").contains(document.activeElement);
  const content = path ? pathPanel() : nodes.has(chosen) ? nodePanel(nodes.get(chosen)) : chosen ? edgePanel(edges.get(chosen)) : overview();
  $("panel").replaceChildren(...content.filter((part) => part !== ""));
  $("panel").scrollTop = 0;
  if (inside) $("panel").focus({ preventScroll: true }); // what had the focus is gone
}
