// Draws with vis-network, on a canvas. Both renderers answer to the same names.
function visRenderer(element) {
  function dot(node) {
    const { id, x, y, shape, size } = node;
    return { id, x, y, shape, size, ...dotLook(node) };
  }
  function dotLook(node) {
    const { hidden, faded, marked } = nodeLook(node);
    const color = { background: node.color, border: marked ? ink.ink : ink.stage };
    return { hidden, opacity: faded ? 0.25 : 1, borderWidth: marked ? 4 : 2, color };
  }
  function line(edge) {
    const { id, from, to, arrows, dashes, smooth } = edge;
    return { id, from, to, arrows, dashes, smooth, ...lineLook(edge) };
  }
  function lineLook(edge) {
    const { hidden, opacity, colour, marked } = edgeLook(edge);
    return { hidden, width: marked ? 3.5 : 1.5, color: { color: colour, opacity } };
  }
  const dots = new vis.DataSet(data.nodes.filter(placed).map(dot));
  const lines = new vis.DataSet(data.edges.filter(joins).map(line));
  const interaction = { ...data.options.interaction, hideEdgesOnDrag: data.nodes.length > 500 };
  const network = new vis.Network(element, { nodes: dots, edges: lines }, { ...data.options, interaction });
  const hover = (id) => { network.canvas.frame.style.cursor = id ? "pointer" : ""; heard.hover(id); };
  network.on("afterDrawing", (ctx) => heard.drawn(ctx));
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => heard.click(node, edge, pointer.canvas));
  network.on("doubleClick", ({ nodes: [node] }) => node && heard.open(node));
  for (const name of ["hoverNode", "hoverEdge"]) network.on(name, ({ node, edge }) => hover(node || edge));
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => hover(null));

  return {
    at: (id) => network.body.nodes[id],
    point: (edge, t) => network.body.edges[edge.id].edgeType.getPoint(t),
    scale: () => network.getScale(),
    fromScreen: (spot) => network.DOMtoCanvas(spot),
    toScreen: (spot) => network.canvasToDOM(spot),
    show: (position, scale, animation) => network.moveTo({ position, scale, animation }),
    start: () => fit(),
    redraw: () => network.redraw(),
    resize() {}, // vis-network sees to it itself
    paint() {
      dots.add(data.nodes.filter((node) => placed(node) && !dots.get(node.id)).map(dot));
      lines.add(data.edges.filter((edge) => joins(edge) && !lines.get(edge.id)).map(line));
      dots.update(data.nodes.filter(placed).map((node) => ({ id: node.id, ...dotLook(node) })));
      lines.update(data.edges.filter(joins).map((edge) => ({ id: edge.id, ...lineLook(edge) })));
    },
  };
}
