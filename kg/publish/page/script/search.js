// The search reaches every node, drawn or not, by name or alias.

const FOUND = 8;

function search() {
  const box = $("search"), list = $("matches");
  let index = null;
  let found = [], at = 0;

  function choose(node) {
    box.value = "";
    refreshList();
    setView(false);
    bringIn(node.id);
    if (state.pathFrom) showPath(state.pathFrom, node.id);
    else select(node.id, true);
  }

  function refreshList() {
    const text = fold(box.value.trim());
    if (text && !index) index = byImportance.map((node) => ({ node, names: [node.label, ...node.aliases].map(fold) }));
    const score = (name) => (name === text ? 0 : name.startsWith(text) ? 1 : name.includes(text) ? 2 : 9);
    found = text ? index.map(({ node, names }) => [Math.min(...names.map(score)), node])
      .filter(([rank]) => rank < 9).sort((a, b) => a[0] - b[0]).slice(0, FOUND).map(([, node]) => node) : [];
    list.replaceChildren(...found.map((node, i) => {
      const item = make("li", "", sign(node), make("span", "", node.label), make("small", "", typeName(node)));
      set(item, { id: `match-${i}`, role: "option", "aria-selected": i === at });
      item.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
      item.addEventListener("click", () => choose(node));
      return item;
    }));
    if (!found.length) list.append(set(make("li", "", "No such name"), { role: "option", "aria-disabled": true }));
    list.hidden = !text;
    set(box, { "aria-expanded": !list.hidden, "aria-activedescendant": found.length ? `match-${at}` : "" });
  }

  box.addEventListener("input", () => { at = 0; refreshList(); });
  box.addEventListener("focus", refreshList);
  box.addEventListener("blur", () => { list.hidden = true; set(box, { "aria-expanded": false }); });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { at = (at + step + found.length) % found.length; refreshList(); event.preventDefault(); }
    if (event.key === "Enter" && found.length && !event.isComposing) choose(found[at]);
    if (event.key === "Escape") { box.value = ""; refreshList(); askPath(null); $("network").focus(); event.stopPropagation(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input[type=search], textarea")) { box.focus(); event.preventDefault(); }
  });
}
