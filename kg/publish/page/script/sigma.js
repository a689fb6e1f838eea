// Draws the nodes with sigma, by WebGL, where they are too many for a canvas. Lines are drawn on a canvas under them:
// sigma's are slow without a GPU, straight and without dashes. While the view moves the canvas moves along.
function sigmaRenderer(element) {
  const { Disc, Graph, Sigma, Square } = kgSigma;
  const graph = new Graph();
  // Takes in what has found a place since.
  function admit() {
    for (const { id, x, y, size, color, shape } of data.nodes.filter((node) => placed(node) && !graph.hasNode(node.id))) {
      graph.addNode(id, { x, y: -y, size, color, type: shape === "square" ? "square" : "circle" });
    }
  }
  admit();

  // Begun with nothing, since to begin is to draw.
  const sigma = new Sigma(new Graph(), element, {
    allowInvalidContainer: true,
    autoRescale: true,
    defaultDrawNodeHover: () => {},
    enableCameraRotation: false,
    itemSizesReference: "positions",
    nodeProgramClasses: { circle: Disc, square: Square },
    renderLabels: false,
    stagePadding: 30,
    zoomToSizeRatioFunction: (ratio) => ratio,
    nodeReducer(id, given) {
      const look = nodeLook(nodes.get(id));
      return { ...given, hidden: look.hidden, color: look.faded ? faded(given.color) : given.color };
    },
  });
  const paler = new Map();
  function faded(colour) {
    const key = `${colour} ${ink.stage}`;
    if (!paler.has(key)) {
      const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
      const under = parts(ink.stage);
      paler.set(key, `#${parts(colour).map((part, i) => Math.round(part * 0.25 + under[i] * 0.75).toString(16).padStart(2, "0")).join("")}`);
    }
    return paler.get(key);
  }

  sigma.createCanvasContext("lines", { beforeLayer: "nodes" }).createCanvasContext("notes", { afterLayer: "hoverNodes" });
  sigma.resize(true); // theirs as well
  const { lines, notes } = sigma.getCanvases();
  const origin = () => sigma.graphToViewport({ x: 0, y: 0 });
  const scale = () => (sigma.graphToViewport({ x: 1000, y: 0 }).x - origin().x) / 1000;

  // Clears a canvas, and measures it as the network is measured.
  function cleared(canvas) {
    const ctx = canvas.getContext("2d");
    const dense = devicePixelRatio || 1;
    const { x, y } = origin();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.setTransform(dense * scale(), 0, 0, dense * scale(), dense * x, dense * y);
    return ctx;
  }

  let drawn = null; // where the lines stand: origin and scale
  let waiting;
  function redrawLines() {
    clearTimeout(waiting);
    drawLines(canvasPen(cleared(lines)), viewOf());
    drawn = { ...origin(), scale: scale() };
    lines.style.transform = "";
  }
  function moveLines() {
    const { x, y } = origin();
    const zoomed = scale() / drawn.scale;
    lines.style.transform = `translate(${x - zoomed * drawn.x}px, ${y - zoomed * drawn.y}px) scale(${zoomed})`;
    clearTimeout(waiting);
    waiting = setTimeout(redrawLines, 100);
  }
  function redrawNotes() {
    const ctx = cleared(notes);
    for (const node of shown.nodes.filter((node) => nodeLook(node).marked)) {
      const { x, y } = renderer.at(node.id);
      Object.assign(ctx, { strokeStyle: ink.ink, lineWidth: 4 });
      ctx.beginPath();
      ctx.arc(x, y, node.size, 0, 2 * Math.PI);
      ctx.stroke();
    }
    heard.drawn(ctx);
  }
  sigma.on("afterRender", () => {
    if (!drawn) return;
    moveLines();
    redrawNotes();
  });
  const spotOf = (event) => renderer.fromScreen(event);
  sigma.on("clickNode", ({ node, event }) => { if (!moved) heard.click(node, null, spotOf(event)); });
  // The line under a spot: sigma itself knows of nodes alone.
  function lineAt(spot) {
    const reach = 5 / renderer.scale();
    const far = (a, b) => {
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const along = Math.min(1, Math.max(0, ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      return Math.hypot(spot.x - a.x - along * dx, spot.y - a.y - along * dy);
    };
    const off = (points) => Math.min(...points.slice(1).map((point, i) => far(points[i], point)));
    const near = shown.edges.map((edge) => [off(pointsOf(edge)), edge.id]).filter(([distance]) => distance < reach);
    return near.sort((a, b) => a[0] - b[0])[0]?.[1];
  }
  sigma.on("clickStage", ({ event }) => heard.click(null, lineAt(spotOf(event)), spotOf(event)));
  sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => { preventSigmaDefault(); heard.open(node); });
  sigma.on("enterNode", ({ node }) => { element.style.cursor = "pointer"; heard.hover(node); });
  sigma.on("leaveNode", () => { element.style.cursor = ""; heard.hover(null); });
  let dragged = null, moved = false;
  const pinches = ({ original }) => original.touches?.length > 1;
  sigma.on("downNode", ({ node, event, preventSigmaDefault }) => {
    moved = false;
    dragged = null;
    if (pinches(event)) return;
    preventSigmaDefault();
    const [held, hand] = [graph.getNodeAttributes(node), sigma.viewportToGraph(event)];
    dragged = { node, from: { x: event.x, y: event.y }, off: { x: held.x - hand.x, y: held.y - hand.y } };
  });
  sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
    if (dragged && pinches(event)) dragged = null;
    if (!dragged) return;
    preventSigmaDefault();
    moved ||= Math.hypot(event.x - dragged.from.x, event.y - dragged.from.y) > 4; // less is a click by an unsteady hand
    const { x, y } = sigma.viewportToGraph(event);
    if (moved) graph.mergeNodeAttributes(dragged.node, { x: x + dragged.off.x, y: y + dragged.off.y });
  });
  for (const name of ["upNode", "upStage"]) sigma.on(name, () => { dragged = null; });
  sigma.getCanvases().nodes.addEventListener("webglcontextlost", () => { clearTimeout(waiting); sigma.kill(); heard.lost(); }, { once: true });

  const renderer = {
    at(id) { const { x, y } = graph.getNodeAttributes(id); return { x, y: -y }; },
    point({ from, to, smooth: { type, roundness = 0 } }, t) {
      const [a, b] = [renderer.at(from), renderer.at(to)];
      const aside = 2 * t * (1 - t) * roundness * (type === "curvedCW" ? 1 : -1);
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      return { x: a.x + t * dx + aside * dy, y: a.y + t * dy - aside * dx };
    },
    scale,
    fromScreen(spot) { const { x, y } = sigma.viewportToGraph(spot); return { x, y: -y }; },
    toScreen: ({ x, y }) => sigma.graphToViewport({ x, y: -y }),
    show({ x, y }, wanted, animation) {
      const centre = sigma.viewportToFramedGraph(sigma.graphToViewport({ x, y: -y }));
      const camera = sigma.getCamera();
      const next = { ...centre, ratio: camera.ratio * scale() / wanted, angle: 0 };
      if (animation || camera.isAnimated()) camera.animate(next, animation || { duration: 1 }); // ends the one before
      else camera.setState(next);
    },
    start() {
      sigma.setGraph(graph);
      fit();
      sigma.refresh({ partialGraph: {}, skipIndexation: true }); // only the view is new
      redrawLines();
      redrawNotes();
    },
    redraw: redrawNotes,
    resize() { sigma.resize(true); renderer.paint(); },
    paint() {
      admit();
      sigma.refresh();
      redrawLines();
    },
  };
  const extent = (axis) => data.nodes.filter(placed).reduce(([low, high], node) => [Math.min(low, node[axis]), Math.max(high, node[axis])], [Infinity, -Infinity]);
  sigma.setCustomBBox({ x: extent("x"), y: extent("y").map((y) => -y).reverse() });
  return renderer;
}
