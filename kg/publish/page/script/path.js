// The shortest way from one node to another, along lines that pass the filters, drawn or not.

function shortestPath(from, to) {
  const cameBy = new Map([[from, null]]);
  for (const id of cameBy.keys()) {
    if (id === to) break;
    for (const edge of linesOf.get(id)) {
      const next = otherEnd(edge, id);
      const open = passes(nodes.get(next));
      if (!cameBy.has(next) && open && edgePasses(edge)) cameBy.set(next, edge);
    }
  }
  if (!cameBy.has(to)) return null;
  const path = [to];
  for (let edge = cameBy.get(to); edge; edge = cameBy.get(path[0])) path.unshift(otherEnd(edge, path[0]), edge.id);
  return path;
}

// Waits for the other end, by search or by click.
function askPath(from) {
  state.pathFrom = from;
  $("search").placeholder = from ? `Path from ${cut(nodes.get(from).label)} to …` : "Find a name";
  if (from) $("search").focus();
}

function showPath(from, to) {
  askPath(null);
  if (from === to) { select(from); return; }
  [from, to].forEach(bringIn);
  const ids = shortestPath(from, to) || [];
  ids.filter((id) => nodes.has(id)).forEach(bringIn);
  Object.assign(state, { chosen: null, path: { from, to, ids } });
  refresh();
  fit([from, to, ...ids.filter((id) => nodes.has(id))], true);
  remember();
  $("panel").focus({ preventScroll: true });
  announce($("panel").querySelector("h2").textContent);
}

function pathPanel() {
  const { from, to, ids } = state.path;
  const lines = ids.filter((id) => edges.has(id)).map((id) => edges.get(id));
  const steps = lines.length ? `Shortest path: ${count(lines.length, "step")}` : "No path";
  return [
    make("p", "kind", make("span", "", steps)),
    make("h2", "", nodes.get(from).label, " → ", nodes.get(to).label),
    lines.length ? "" : make("p", "soft", "Nothing that passes the filters leads from one to the other."),
    make("div", "actions", button("Close", () => select(from))),
    ...lines.flatMap((edge) => section(doubted(edge), relationsOf([edge], null))),
  ];
}
