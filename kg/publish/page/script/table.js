// The same facts as a table, for those who read rather than look; it follows the filters.

const ROWS = 200; // at a time
const PRINTED_ROWS = 2000; // more would be a book

function factRows() {
  const rows = [];
  for (const node of shown.nodes) {
    for (const card of passing(node)) for (const [label, value] of card.rows) rows.push([node.label, card.title && card.title !== label ? `${card.title}: ${label}` : label, value, card]);
    for (const card of passing(node)) if (!card.rows.length) rows.push([node.label, card.title, "", card]);
  }
  for (const edge of shown.edges) {
    const [from, to] = [nodes.get(edge.from).label, nodes.get(edge.to).label];
    for (const card of passing(edge)) {
      rows.push([from, card.title, to, card]);
      for (const [label, value] of card.rows) rows.push([`${from} ${card.title} ${to}`, label, value, card]);
    }
  }
  return rows.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
}

function tableRow([subject, label, value, card]) {
  const certainty = card.confidence < 1 ? `${card.status}, ${Math.round(card.confidence * 100)} %` : card.status;
  const cells = [subject, label, value, certainty, card.by.join(", ")].map((text) => make("td", "", text));
  return make("tr", "", ...cells, make("td", "", ...quotes(card.sentences, [subject, value], "")));
}

function fillTable(most = ROWS) {
  const rows = factRows();
  $("rows").replaceChildren(...rows.slice(0, most).map(tableRow));
  const some = most === PRINTED_ROWS && rows.length > most ? `, the first ${most.toLocaleString("en")} of them` : "";
  $("table-count").textContent = count(rows.length, "fact") + some;
  $("more-rows").hidden = rows.length <= most;
  $("more-rows").textContent = `Show ${Math.min(ROWS, rows.length - most)} more`;
  $("more-rows").onclick = () => { fillTable(most + ROWS); $("rows").children[most].querySelector("a, td").focus(); };
}

function setView(table) {
  root.dataset.view = table ? "table" : "network";
  set($("show-table"), { "aria-pressed": table });
  if (table) fillTable();
}
