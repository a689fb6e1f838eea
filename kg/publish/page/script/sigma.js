// Draws with sigma, by WebGL, what is too much for a canvas.
function sigmaRenderer(element) {
  const { Graph, NodeSquareProgram, Sigma } = kgSigma;
  const graph = new Graph({ multi: true, type: "directed" });
  // Takes in what has found a place since.
  function admit() {
    for (const { id, x, y, size, color, shape } of data.nodes.filter((node) => placed(node) && !graph.hasNode(node.id))) {
      graph.addNode(id, { x, y: -y, size, color, type: shape === "square" ? "square" : "circle" });
    }
    for (const { id, from, to } of data.edges.filter((edge) => joins(edge) && !graph.hasEdge(edge.id))) {
      graph.addEdgeWithKey(id, from, to, { size: 1.5 });
    }
  }
  admit();

  // Begun with nothing, since to begin is to draw.
  const sigma = new Sigma(new Graph(), element, {
    allowInvalidContainer: true,
    autoRescale: true,
    defaultDrawNodeHover: () => {},
    hideEdgesOnMove: true,
    itemSizesReference: "positions",
    minEdgeThickness: 0.6,
    nodeProgramClasses: { square: NodeSquareProgram },
    renderLabels: false,
    stagePadding: 30,
    zoomToSizeRatioFunction: (ratio) => ratio,
    nodeReducer(id, given) {
      const { hidden, faded } = nodeLook(nodes.get(id));
      return { ...given, hidden, color: faded ? mixed(given.color, 0.25) : given.color };
    },
    edgeReducer(id, given) {
      const edge = edges.get(id);
      const { hidden, opacity, colour, marked } = edgeLook(edge);
      // Dashes are drawn above, with the labels.
      return { ...given, hidden: hidden || Boolean(edge.dashes), size: marked ? 3.5 : 1.5, color: mixed(colour, opacity) };
    },
  });
  const mixes = new Map();
  function mixed(colour, share) {
    const key = `${colour} ${share} ${ink.stage}`;
    if (!mixes.has(key)) {
      const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      const under = parts(ink.stage);
      mixes.set(key, `#${parts(colour).map((part, i) => Math.round(part * share + under[i] * (1 - share)).toString(16).padStart(2, "0")).join("")}`);
    }
    return mixes.get(key);
  }

  const layer = set(make("canvas", "layer"), { "aria-hidden": "true" });
  const ctx = layer.getContext("2d");
  element.append(layer);
  const origin = () => sigma.graphToViewport({ x: 0, y: 0 });
  const scale = () => (sigma.graphToViewport({ x: 1000, y: 0 }).x - origin().x) / 1000;

  // What stands above the picture: to draw it anew is far cheaper than the picture.
  function drawLayer() {
    if (!graph.order) return;
    const { width, height } = sigma.getDimensions();
    const dense = devicePixelRatio || 1;
    Object.assign(layer, { width: width * dense, height: height * dense });
    Object.assign(layer.style, { width: `${width}px`, height: `${height}px` });
    const { x, y } = origin();
    ctx.setTransform(dense * scale(), 0, 0, dense * scale(), dense * x, dense * y);
    for (const edge of shown.edges.filter(({ dashes }) => dashes)) {
      const { opacity, colour, marked } = edgeLook(edge);
      strokeLine(ctx, [renderer.at(edge.from), renderer.at(edge.to)], colour, marked ? 3.5 : 1.5, edge.dashes, opacity);
    }
    for (const node of shown.nodes.filter((node) => nodeLook(node).marked)) {
      const { x, y } = renderer.at(node.id);
      Object.assign(ctx, { strokeStyle: ink.ink, lineWidth: 4 });
      ctx.beginPath();
      ctx.arc(x, y, node.size, 0, 2 * Math.PI);
      ctx.stroke();
    }
    heard.drawn(ctx);
  }
  sigma.on("afterRender", drawLayer);
  const spotOf = (event) => renderer.fromScreen(event);
  sigma.on("clickNode", ({ node, event }) => { if (!moved) heard.click(node, null, spotOf(event)); });
  // The line under a spot: sigma itself knows of nodes alone.
  function lineAt(spot) {
    const reach = 5 / renderer.scale();
    const off = (edge) => {
      const [a, b] = [renderer.at(edge.from), renderer.at(edge.to)];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.min(1, Math.max(0, ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(spot.x - a.x - along * dx, spot.y - a.y - along * dy);
    };
    const near = shown.edges.map((edge) => [off(edge), edge.id]).filter(([distance]) => distance < reach);
    return near.sort((a, b) => a[0] - b[0])[0]?.[1];
  }
  sigma.on("clickStage", ({ event }) => heard.click(null, lineAt(spotOf(event)), spotOf(event)));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); heard.open(node); });
  sigma.on("enterNode", ({ node }) => { element.style.cursor = "pointer"; heard.hover(node); });
  sigma.on("leaveNode", () => { element.style.cursor = ""; heard.hover(null); });
  let dragged = null, moved = false;
  sigma.on("downNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); [dragged, moved] = [node, false]; });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (!dragged) return;
    preventSigmaDefault();
    moved = true;
    graph.mergeNodeAttributes(dragged, sigma.viewportToGraph(event));
  });
  for (const name of ["upNode", "upStage"]) sigma.on(name, () => { dragged = null; });

  const renderer = {
    at(id) { const { x, y } = graph.getNodeAttributes(id); return { x, y: -y }; },
    point(edge, t) {
      const [a, b] = [renderer.at(edge.from), renderer.at(edge.to)];
      return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
    },
    scale,
    fromScreen(spot) { const { x, y } = sigma.viewportToGraph(spot); return { x, y: -y }; },
    toScreen: ({ x, y }) => sigma.graphToViewport({ x, y: -y }),
    show({ x, y }, wanted, animation) {
      const centre = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
      const camera = sigma.getCamera();
      const next = { ...centre, ratio: camera.ratio * scale() / wanted, angle: 0 };
      if (animation) camera.animate(next, animation);
      else camera.setState(next);
    },
    redraw: drawLayer,
    resize() { sigma.resize(true); sigma.refresh(); },
    paint() {
      admit();
      sigma.refresh();
    },
  };
  const extent = (axis) => data.nodes.filter(placed).reduce(([low, high], node) => [Math.min(low, node[axis]), Math.max(high, node[axis])], [Infinity, -Infinity]);
  sigma.setCustomBBox({ x: extent("x"), y: extent("y").map((y) => -y).reverse() });
  sigma.setGraph(graph);
  return renderer;
}
