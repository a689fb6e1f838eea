"use strict";
// Every text goes in through textContent or the canvas, so none of it can become markup.
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const hidden = { types: new Set(), statuses: new Set() };
  const show = { labels: data.edges.length <= 60, direct: false };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const ink = {};
  let chosen = null, hovered = null; // ids of a node or an edge
  let boxes = []; // of the labels on the canvas
  let network, drawnNodes, drawnEdges;

  function make(tag, className, ...children) {
    const element = Object.assign(document.createElement(tag), { className });
    element.append(...children.filter((child) => child !== ""));
    return element;
  }

  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const relations = (n) => count(n, "relation", "relations");
  const moving = (duration) => !calm.matches && { duration };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const cut = (text) => (text.length > 28 ? `${text.slice(0, 27)}…` : text); // as in layout.py
  const isEvent = (node) => node.shape === "square";
  const nodeShown = (node) => !hidden.types.has(node.type);
  const edgeShown = (edge) =>
    (show.direct || !edge.repeats) && !hidden.statuses.has(edge.status) &&
    nodeShown(nodes.get(edge.from)) && nodeShown(nodes.get(edge.to));
  const edgesOf = (id) => data.edges.filter((edge) => edgeShown(edge) && (edge.from === id || edge.to === id));
  const links = new Map(data.nodes.map((node) => [node.id, []]));
  for (const { from, to } of data.edges.filter(edgeShown)) {
    links.get(from).push(to);
    links.get(to).push(from);
  }
  const degree = (id) => links.get(id).length;
  const doubted = ({ label, status }) => (status === "asserted" ? label : `${label} (${status})`);
  const byDegree = [...data.nodes].sort((a, b) => degree(b.id) - degree(a.id) || (a.label < b.label ? -1 : 1));
  const doubtsFirst = [...data.edges].sort((a, b) => (a.status === "asserted") - (b.status === "asserted"));

  /* Drawing */

  // The selection, its lines and what they lead to; null while nothing is selected.
  function focus() {
    if (!chosen) return null;
    const lines = edges.has(chosen) ? [edges.get(chosen)] : edgesOf(chosen);
    return new Set([chosen, ...lines.flatMap((edge) => [edge.id, edge.from, edge.to])]);
  }

  function paint() {
    const near = focus();
    const crowd = Math.min(1, Math.max(0.2, 300 / data.edges.length));
    const far = (id) => near !== null && !near.has(id);
    drawnNodes.update(data.nodes.map((node) => ({
      id: node.id,
      hidden: !nodeShown(node),
      opacity: far(node.id) ? 0.22 : 1,
      borderWidth: node.id === chosen ? 4 : 2,
      color: { background: node.color, border: node.id === chosen ? ink.ink : ink.stage },
    })));
    drawnEdges.update(data.edges.map((edge) => ({
      id: edge.id,
      hidden: !edgeShown(edge),
      width: edge.id === chosen ? 3.5 : 1.5,
      color: { color: ink[edge.status] || ink.line, opacity: far(edge.id) ? 0.18 * crowd : near ? 1 : crowd },
    })));
    const shown = data.nodes.filter(nodeShown);
    const events = shown.filter(isEvent).length;
    $("counts").textContent = [count(shown.length - events, "entity", "entities"), count(events, "event", "events"),
      relations(data.edges.filter(edgeShown).length), count(data.articles.length, "article", "articles")].join(" · ");
  }

  const apart = (a, b) => a.x2 < b.x1 || b.x2 < a.x1 || a.y2 < b.y1 || b.y2 < a.y1;
  const around = (x, y, w, h, id) => ({ x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2, id });

  function write(ctx, text, x, y, colour) {
    ctx.fillStyle = colour;
    ctx.strokeText(text, x, y);
    ctx.fillText(text, x, y);
  }

  // Whether the lines of a node leave it downward, where its label would stand.
  function downward(id) {
    const { x, y } = network.body.nodes[id];
    const ends = links.get(id).map((other) => network.body.nodes[other]);
    return ends.reduce((sum, at) => sum + (at.y - y) / (Math.hypot(at.x - x, at.y - y) || 1), 0) / (ends.length || 1);
  }

  // Labels keep their size on the screen, and one that would cover another waits until there is room.
  function annotate(ctx) {
    const scale = network.getScale();
    const near = focus();
    const rank = (id) => (id === chosen || id === hovered ? 0 : !near ? 2 : near.has(id) ? 1 : 3);
    const size = Math.min(16, Math.max(12, 13.5 * scale)) / scale;
    const { x: x1, y: y1 } = network.DOMtoCanvas({ x: 4, y: 4 });
    const { x: x2, y: y2 } = network.DOMtoCanvas({ x: $("network").clientWidth - 4, y: $("network").clientHeight - 4 });
    const bodies = [];
    boxes = [];
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: ink.stage, lineWidth: 4 / scale });
    for (const node of byDegree) {
      const at = network.body.nodes[node.id];
      const box = around(at.x, at.y, 2 * node.size, 2 * node.size, node.id);
      if (!nodeShown(node) || apart(box, { x1, y1, x2, y2 })) continue;
      bodies.push(box);
      if (node.size * scale < 6) continue;
      ctx.globalAlpha = rank(node.id) === 3 ? 0.35 : 1;
      ctx.fillStyle = "#fff";
      ctx.font = `700 ${node.size}px ${ink.font}`;
      ctx.fillText(node.symbol, at.x, at.y + node.size * 0.06);
    }
    ctx.globalAlpha = 1;
    const blockers = bodies.length > 300 ? [] : bodies;
    const most = bodies.length > 150 ? 45 : 150;
    for (const [nth, id] of bodies.map((box) => box.id).sort((a, b) => rank(a) - rank(b)).entries()) {
      if (boxes.length > most) break;
      const node = nodes.get(id);
      const at = network.body.nodes[id];
      ctx.font = `${rank(id) < 3 ? 600 : 500} ${size}px ${ink.font}`;
      const text = cut(node.label);
      const w = ctx.measureText(text).width + 4 / scale;
      const off = node.size + size * 0.85;
      const inside = Math.min(Math.max(at.x, x1 + w / 2), x2 - w / 2);
      const spots = [[inside, off], [inside, -off], [at.x + w / 2 + node.size + 5, 0], [at.x - w / 2 - node.size - 5, 0]]
        .map(([x, dy]) => around(x, at.y + dy, w, size * 1.25, id));
      if (downward(id) > 0.4) spots.unshift(spots[1]);
      const alone = spots.filter((box) => box.x1 >= x1 - 1 && box.x2 <= x2 + 1 && boxes.every((other) => apart(box, other)));
      const box = alone.find((spot) => blockers.every((other) => other.id === id || apart(spot, other))) ||
        (nth < bodies.length / 10 && alone[0]) || (rank(id) === 0 && spots[0]);
      if (!box) continue;
      boxes.push(box);
      write(ctx, text, (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2, rank(id) === 3 ? ink.faint : ink.ink);
    }
    for (const edge of doubtsFirst) {
      const wanted = edge.id === hovered || (near ? near.has(edge.id) : show.labels);
      if (wanted && edgeShown(edge)) annotateEdge(ctx, edge, size * 0.88, blockers);
    }
  }

  function annotateEdge(ctx, edge, size, blockers) {
    const curve = network.body.edges[edge.id].edgeType;
    ctx.font = `500 ${size}px ${ink.font}`;
    const spots = [0, -1, 1].flatMap((beside) => [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68].map((t) => [t, beside]));
    // Where there is no room for the doubt in words, the dashes say it.
    for (const [text, t, beside] of [doubted(edge), edge.label].flatMap((text) => spots.map((spot) => [cut(text), ...spot]))) {
      const w = ctx.measureText(text).width;
      const [before, at, after] = [t - 0.05, t, t + 0.05].map((s) => curve.getPoint(s));
      let angle = Math.atan2(after.y - before.y, after.x - before.x);
      if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
      at.x -= beside * size * Math.sin(angle);
      at.y += beside * size * Math.cos(angle);
      const steps = Math.max(2, Math.ceil(w / size));
      // A slanted text as a string of small squares.
      const beads = Array.from({ length: steps + 1 }, (_, i) => {
        const d = (i / steps - 0.5) * w;
        return around(at.x + d * Math.cos(angle), at.y + d * Math.sin(angle), size * 0.9, size * 0.9, edge.id);
      });
      if (!beads.every((bead) => [...boxes, ...blockers].every((other) => apart(bead, other)))) continue;
      boxes.push(...beads);
      ctx.save();
      ctx.translate(at.x, at.y);
      ctx.rotate(angle);
      ctx.fillStyle = ink.stage;
      if (!beside) ctx.fillRect(-w / 2 - size / 4, -size / 2, w + size / 2, size);
      write(ctx, text, 0, 0, ink[edge.status] || ink.faint);
      ctx.restore();
      return;
    }
  }

  function draw() {
    drawnNodes = new vis.DataSet(data.nodes.map(({ id, x, y, shape, size }) => ({ id, x, y, shape, size })));
    drawnEdges = new vis.DataSet(data.edges.map(({ label, status, cards, ...line }) => line));
    network = window.kgNetwork = new vis.Network($("network"), { nodes: drawnNodes, edges: drawnEdges }, data.options);
    network.on("afterDrawing", annotate);
    network.on("click", ({ nodes: [node], edges: [edge], pointer: { canvas } }) => {
      const label = boxes.find((box) => !apart(box, around(canvas.x, canvas.y, 0, 0)));
      select(node || (label && label.id) || edge || null);
    });
    const hover = (id) => { hovered = id; network.canvas.frame.style.cursor = id ? "pointer" : ""; network.redraw(); };
    for (const name of ["hoverNode", "hoverEdge"]) network.on(name, ({ node, edge }) => hover(node || edge));
    for (const name of ["blurNode", "blurEdge"]) network.on(name, () => hover(null));
  }

  function fit(animation) {
    network.fit({ maxZoomLevel: 1.25, animation: false });
    network.moveTo({ scale: network.getScale() * 0.94, animation });
  }

  function select(id, centre = false) {
    chosen = id;
    if (id && !(nodes.has(id) ? nodeShown(nodes.get(id)) : edgeShown(edges.get(id)))) chosen = null;
    paint();
    const content = nodes.has(chosen) ? nodePanel(nodes.get(chosen)) : chosen ? edgePanel(edges.get(chosen)) : overview();
    $("panel").replaceChildren(...content.filter((part) => part !== ""));
    $("panel").scrollTop = 0;
    if (centre && chosen) {
      network.focus(id, { scale: Math.max(network.getScale(), 0.8), animation: moving(300) });
      $("panel").focus({ preventScroll: true });
    }
  }

  /* Panel */
  function sign(node) {
    const element = make("span", isEvent(node) ? "sign event" : "sign", node.symbol);
    element.style.backgroundColor = node.color;
    return set(element, { "aria-hidden": "true" });
  }

  function goTo(id) {
    const button = Object.assign(make("button", "", nodes.get(id).label), { type: "button" });
    button.addEventListener("click", () => select(id, true));
    return button;
  }

  const namesOf = (...ids) => ids.flatMap((id) => [nodes.get(id).label, ...nodes.get(id).aliases]);

  function quote(number, names, note) {
    const [text, article] = data.sentences[number];
    const [title, url, date] = data.articles[article];
    const longest = [...new Set(names)].filter((name) => name.trim()).sort((a, b) => b.length - a.length);
    const any = longest.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|");
    const pieces = any ? text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${any})(?![\\p{L}\\p{N}])`, "u")) : [text];
    const sentence = make("p", "", ...pieces.map((piece, i) => (i % 2 ? make("mark", "", piece) : piece)));
    const source = make(url ? "a" : "span", "", title);
    if (/^https?:\/\//i.test(url)) Object.assign(source, { href: url, target: "_blank", rel: "noopener noreferrer" });
    return make("blockquote", "", sentence, make("footer", "", source, make("div", "", [date, note].filter(Boolean).join(" · "))));
  }

  function rowsOf({ roles, rows }) {
    const told = [...roles.map(([label, id]) => [label, goTo(id)]), ...rows];
    return told.length ? make("dl", "", ...told.flatMap(([label, value]) => [make("dt", "", label), make("dd", "", value)])) : "";
  }

  // What rests on the same sentences, with the same certainty, shares them.
  function section(what, entries) {
    const groups = new Map();
    for (const entry of entries) {
      const key = JSON.stringify([entry.card.status, entry.card.by, entry.card.sentences]);
      groups.set(key, [...(groups.get(key) || []), entry]);
    }
    const cards = [...groups.values()].map((group) => {
      const { status, by, sentences } = group[0].card;
      const names = group.flatMap((entry) => entry.names);
      const plain = status === "asserted" && sentences.length;
      const certainty = plain ? "" : make("span", `status ${status}`, status);
      const source = by.length ? make("span", "according", `according to ${by.join(", ")}`) : "";
      return make("div", "card", ...group.flatMap((entry) => entry.parts), make("p", "by", certainty, source),
        ...sentences.map((n) => quote(n, names, plain ? status : "")));
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

  function nodePanel(node) {
    const around = isEvent(node) ? links.get(node.id) : [node.id];
    const facts = node.cards.map((card) => ({ card, names: namesOf(...around), parts: headed(card) }));
    const lines = edgesOf(node.id).flatMap((edge) => edge.cards.map((card) => relation(edge, card, node.id)));
    return [
      make("p", "kind", sign(node), make("span", "name", node.type)),
      make("h2", "", node.label),
      node.aliases.length ? make("p", "soft", `Also ${node.aliases.join(" · ")}`) : "",
      ...section(count(facts.length, "fact", "facts"), facts),
      ...section(relations(lines.length), lines),
    ];
  }

  function edgePanel(edge) {
    return [
      make("p", "kind", make("span", "name", doubted(edge))),
      make("h2", "", nodes.get(edge.from).label, edge.arrows ? " → " : " – ", nodes.get(edge.to).label),
      ...section(relations(edge.cards.length), edge.cards.map((card) => relation(edge, card, null))),
    ];
  }

  function overview() {
    const top = byDegree.filter(nodeShown).slice(0, 10);
    const items = top.map((node) => make("li", "", sign(node), goTo(node.id), make("small", "", relations(degree(node.id)))));
    return [
      make("h2", "", top.length ? "Read the evidence" : "Nothing to show"),
      make("p", "soft", "Select a name or a line to read the sentences behind it. Drag to move, scroll or pinch to zoom."),
      make("h3", "", "Most connected"), make("ul", "list", ...items),
    ];
  }

  /* Legend */
  function stroke(status) {
    const [picture, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    set(picture, { class: `stroke ${status}`, "aria-hidden": "true" });
    picture.append(set(line, { d: "M0 5H26", "stroke-dasharray": (data.dashes[status] || []).join(" ") }));
    return picture;
  }

  function legend(list, items, key, without, picture) {
    const groups = new Map();
    for (const item of items) groups.set(item[key], [...(groups.get(item[key]) || []), item]);
    for (const [name, of] of [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))) {
      const box = Object.assign(make("input", ""), { type: "checkbox", checked: true });
      box.addEventListener("change", () => { without[box.checked ? "delete" : "add"](name); select(chosen); });
      list.append(make("li", "", make("label", "", box, picture(of[0]), make("span", "name", name), make("span", "", of.length.toLocaleString("en")))));
    }
  }

  /* Search and switches */
  function search() {
    const box = $("search"), list = $("matches");
    const index = byDegree.map((node) => ({ node, names: [node.label, ...node.aliases].map(fold) }));
    let found = [], at = 0;
    const choose = (node) => { box.value = ""; refresh(); setView(false); select(node.id, true); };
    function refresh() {
      const text = fold(box.value.trim());
      const score = (name) => (name === text ? 0 : name.startsWith(text) ? 1 : name.includes(text) ? 2 : 9);
      found = index.filter(({ node }) => text && nodeShown(node))
        .map(({ node, names }) => [Math.min(...names.map(score)), node])
        .filter(([rank]) => rank < 9).sort((a, b) => a[0] - b[0]).slice(0, 8).map(([, node]) => node);
      list.replaceChildren(...found.map((node, i) => {
        const item = make("li", "", sign(node), make("span", "", node.label), make("small", "", node.type));
        set(item, { id: `match-${i}`, role: "option", "aria-selected": i === at });
        item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(node); });
        return item;
      }));
      if (!found.length) list.append(make("li", "", "No such name"));
      list.hidden = !text;
      set(box, { "aria-expanded": !list.hidden, "aria-activedescendant": found.length ? `match-${at}` : "" });
    }
    box.addEventListener("input", () => { at = 0; refresh(); });
    box.addEventListener("focus", refresh);
    box.addEventListener("blur", () => { list.hidden = true; });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && found.length) { at = (at + step + found.length) % found.length; refresh(); event.preventDefault(); }
      if (event.key === "Enter" && found.length) choose(found[at]);
      if (event.key === "Escape") { box.value = ""; box.blur(); event.stopPropagation(); }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && event.target !== box) { box.focus(); event.preventDefault(); }
      if (event.key === "Escape" && chosen) select(null);
    });
  }

  const press = (id, state) => set($(id), { "aria-pressed": state });
  const on = (id, action) => $(id).addEventListener("click", action);

  const setView = (table) => { root.dataset.view = table ? "table" : "network"; press("show-table", table); };
  const toggle = (id, key) => on(id, () => { show[key] = !show[key]; press(id, show[key]); select(chosen); });

  function retheme() {
    const style = getComputedStyle(root);
    for (const name of ["stage", "ink", "faint", "line", "planned", "rumoured", "denied", "former"]) {
      ink[name] = style.getPropertyValue(`--${name}`).trim();
    }
    ink.font = getComputedStyle(document.body).fontFamily;
    $("theme").textContent = isDark() ? "Light" : "Dark";
    paint();
  }

  try {
    $("legend").open = innerWidth > 760;
    draw();
    retheme();
    select(null);
    fit(false);
    legend($("types"), data.nodes, "type", hidden.types, sign);
    legend($("statuses"), data.edges.filter((edge) => !edge.repeats), "status", hidden.statuses, (edge) => stroke(edge.status));
    search();
    press("show-labels", show.labels);
    toggle("show-labels", "labels");
    toggle("show-direct", "direct");
    $("show-direct").hidden = !data.edges.some((edge) => edge.repeats);
    on("show-table", () => setView(root.dataset.view !== "table"));
    on("theme", () => { root.dataset.theme = isDark() ? "light" : "dark"; retheme(); });
    dark.addEventListener("change", retheme);
    const zoom = (factor) => () => network.moveTo({ scale: network.getScale() * factor, animation: moving(150) });
    on("zoom-in", zoom(1.3));
    on("zoom-out", zoom(1 / 1.3));
    on("zoom-fit", () => fit(moving(250)));
  } catch (error) {
    root.classList.remove("js"); // the table stands without us
    throw error;
  }
})();
