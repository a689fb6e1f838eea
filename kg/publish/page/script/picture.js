// The picture and its data to take away: PNG, SVG, JSON, and a SPARQL query for the same facts.

const fileName = () => document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "network";

function save(content, type, ending) {
  const link = Object.assign(make("a", ""), { href: URL.createObjectURL(new Blob([content], { type })), download: `${fileName()}.${ending}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// What is on the screen, twice as dense.
function snapshot() {
  const view = viewOf();
  const { clientWidth, clientHeight } = $("network");
  const canvas = Object.assign(make("canvas", ""), { width: clientWidth * 2, height: clientHeight * 2 });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = ink.stage;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  const { x, y } = renderer.toScreen({ x: 0, y: 0 });
  ctx.setTransform(2 * view.scale, 0, 0, 2 * view.scale, 2 * x, 2 * y);
  draw(canvasPen(ctx), view);
  return canvas;
}

function toPng() {
  setView(false); // the table has no picture
  snapshot().toBlob((blob) => { if (blob) save(blob, "image/png", "png"); });
}

function toSvg() {
  const { x1, y1, x2, y2 } = boundsOf(shown.nodes.map((node) => node.id));
  const picture = svg("svg", {
    viewBox: [x1, y1, x2 - x1, y2 - y1].map(Math.round).join(" "),
    "font-family": ink.font, "text-anchor": "middle", "dominant-baseline": "central",
  });
  const pen = svgPen(picture);
  pen.shape([{ x: x1, y: y1 }, { x: x2, y: y1 }, { x: x2, y: y2 }, { x: x1, y: y2 }], ink.stage, 1);
  draw(pen, { x1, y1, x2, y2, scale: 1 });
  save(new XMLSerializer().serializeToString(picture), "image/svg+xml", "svg");
}

function toJson() {
  const cite = (n) => {
    const [sentence, article] = data.sentences[n];
    const [title, url, published, id] = data.articles[article];
    return { sentence, article: id, title, url, published };
  };
  const facts = (cards) => cards.map(({ title, status, confidence, by, predicate, events, roles, rows, sentences }) => ({
    relation: title, predicate, events, status, confidence, attributedTo: by, values: rows,
    roles: roles.map(([role, id]) => [role, nodes.get(id).iri]), evidence: sentences.map(cite),
  }));
  const content = {
    title: document.title,
    nodes: shown.nodes.map((node) => ({ id: node.iri, label: node.label, type: node.type, aliases: node.aliases, facts: facts(passing(node)) })),
    edges: shown.edges.map((edge) => ({ source: nodes.get(edge.from).iri, target: nodes.get(edge.to).iri, status: edge.status, facts: facts(passing(edge)) })),
  };
  save(JSON.stringify(content, null, 1), "application/json", "json");
}

const MOST_ROWS = 1000;

// A query for the statements on the screen, or for those of the selection.
function toSparql() {
  // What no IRI may hold is escaped: RFC 3987.
  const odd = /[\x00-\x20<>"{}|^`\\[\]\ue000-\uf8ff]|%(?![0-9a-f]{2})|(?<=#.*)#/giu;
  const term = (iri) => `<${iri.replace(odd, encodeURIComponent)}>`;
  const { near } = shown;
  const rows = new Set();
  const add = (subject, object, { predicate, events }) => {
    if (predicate) rows.add(`(${term(subject)} ${term(predicate)} ${object ? term(object) : "UNDEF"})`);
    for (const event of events) rows.add(`(${term(event)} UNDEF UNDEF)`);
  };
  for (const node of shown.nodes) if (!near || node.id === state.chosen) for (const card of passing(node)) add(node.iri, "", card);
  for (const edge of shown.edges) {
    if (!near || near.has(edge.id)) for (const card of passing(edge)) add(nodes.get(edge.from).iri, nodes.get(edge.to).iri, card);
  }
  const some = [...rows].slice(0, MOST_ROWS);
  const left = rows.size - some.length;
  return [
    `# The statements of ${near ? "the selection" : "what is shown"}${left ? `: the first ${some.length}, ${left} are left out` : ""}.`,
    ...Object.entries(data.prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`),
    "SELECT DISTINCT ?subject ?relation ?object ?status ?confidence ?sentence ?article WHERE {",
    "  VALUES (?s ?p ?o) {",
    ...some.map((row) => `    ${row}`),
    "  }",
    "  GRAPH ?graph {",
    "    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; news:status ?level ; news:confidence ?confidence ;",
    "      prov:wasDerivedFrom/oa:hasSelector/oa:exact ?sentence .",
    "    ?graph dcterms:identifier ?article .",
    "    ?s rdfs:label ?subject .",
    "    OPTIONAL { ?o rdfs:label ?name }",
    "  }",
    "  FILTER(?p != rdf:type)",
    "  BIND(STRAFTER(STR(?p), \"#\") AS ?relation)",
    "  BIND(STRAFTER(STR(?level), \"#\") AS ?status)",
    "  BIND(COALESCE(?name, STR(?o)) AS ?object)",
    "}",
    "ORDER BY ?subject ?relation ?object ?article",
  ].join("\n");
}

function showSparql() {
  const dialog = $("query");
  $("query-text").value = toSparql();
  $("copied").textContent = "";
  dialog.showModal();
  $("query-text").select();
  $("query-text").scrollTop = 0;
}

async function copySparql() {
  $("query-text").select();
  try {
    await navigator.clipboard.writeText($("query-text").value);
    $("copied").textContent = "Copied";
  } catch { // where the page has no right to the clipboard
    $("copied").textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C to copy";
  }
}

function exports() {
  const menu = $("take");
  const close = () => { menu.open = false; };
  for (const [id, action] of Object.entries({ png: toPng, svg: toSvg, json: toJson, sparql: showSparql })) {
    $(`take-${id}`).addEventListener("click", () => { close(); menu.firstElementChild.focus(); action(); });
  }
  $("copy").addEventListener("click", copySparql);
  $("close").addEventListener("click", () => $("query").close());
  document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) close(); });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { close(); menu.firstElementChild.focus(); event.stopPropagation(); }
  });
}
