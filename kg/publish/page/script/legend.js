// The legend: what there is of each type, relation and status, and what of it is shown.

const OFTEN = 6; // relations above the fold

const stroke = (status) => svg("svg", { class: `stroke ${status}`, "aria-hidden": "true" },
  svg("path", { d: "M0 5H26", "stroke-dasharray": (data.dashes[status] || []).join(" ") }));

function choices(list, groups, without, picture, named = (key) => key) {
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return sorted.map(([key, of]) => {
    const box = Object.assign(make("input", ""), { type: "checkbox", checked: !without.has(key) });
    box.addEventListener("change", () => { without[box.checked ? "delete" : "add"](key); refresh(); });
    const row = make("li", "", make("label", "", box, picture(of[0], key), make("span", "name", named(key)), make("span", "count", of.length.toLocaleString("en"))));
    list.append(row);
    return row;
  });
}

function legend() {
  const { types, statuses } = state.without;
  const byType = [...group(data.nodes, (node) => [node.type])];
  const named = (type) => classes.get(type).label;
  choices($("types"), byType.filter(([, of]) => !isEvent(of[0])), types, sign, named);
  choices($("events"), byType.filter(([, of]) => isEvent(of[0])), types, sign, named);
  $("events").closest("fieldset").hidden = !$("events").children.length;
  const direct = data.edges.filter((edge) => !edge.repeats);
  relationLegend();
  choices($("statuses"), group(direct, (edge) => [edge.status]), statuses, (edge) => stroke(edge.status));
  $("reset").addEventListener("click", () => {
    for (const some of [...Object.values(state.without), state.gone, state.called]) some.clear();
    state.only = null;
    for (const box of $("legend").querySelectorAll("input")) box.checked = true;
    resetTime();
    refresh();
    fit(undefined, true);
    $("legend").focus();
  });
}

// The relations that the drawing knows, with events as nodes or folded; the rare ones are folded away.
function relationLegend() {
  const open = (edge) => (state.events ? !edge.repeats : ![edge.from, edge.to].some((id) => nodes.get(id).folds));
  const titles = group(data.edges.filter(open), (edge) => edge.cards.map((card) => card.title));
  for (const list of [$("relations"), $("rare")]) list.replaceChildren();
  const kinds = new Map([...classes].map(([type, { label, colour }]) => [label, { type, color: colour, shape: "square" }]));
  const rows = choices($("relations"), titles, state.without.relations, (edge, title) => (kinds.has(title) ? sign(kinds.get(title)) : ""));
  $("more").hidden = rows.length <= OFTEN + 1;
  if (!$("more").hidden) $("rare").append(...rows.slice(OFTEN));
  $("more").firstElementChild.textContent = `${rows.length - OFTEN} more`;
}

function tellFilters() {
  const { types, relations: links, statuses } = state.without;
  const filtered = types.size || links.size || statuses.size || state.gone.size || state.only || state.from > 0 || state.to < Infinity;
  $("reset").hidden = !filtered;
  const drawn = data.nodes.filter(placed).length;
  $("notice").textContent = drawn < data.nodes.length
    ? `Drawn are the ${drawn.toLocaleString("en")} most connected of ${data.nodes.length.toLocaleString("en")} nodes. The search finds all of them and brings them in.` : "";
}
