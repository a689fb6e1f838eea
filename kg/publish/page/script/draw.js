// How pictures are drawn, on the screen and to take away: a pen for canvases, one for SVG, and what they draw.

const icons = new Map([...classes].map(([name, { icon }]) => [name, new Path2D(icon)]));

// Draws on a canvas.
function canvasPen(ctx) {
  const font = (size, weight) => { ctx.font = `${weight} ${size}px ${ink.font}`; };
  return {
    width(text, size, weight) { font(size, weight); return ctx.measureText(text).width; },
    text(text, x, y, { size, weight, colour, halo, angle = 0, opacity = 1 }) {
      font(size, weight);
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(angle);
      Object.assign(ctx, { globalAlpha: opacity, textAlign: "center", textBaseline: "middle", lineJoin: "round", fillStyle: colour });
      if (halo) { Object.assign(ctx, { strokeStyle: ink.stage, lineWidth: halo }); ctx.strokeText(text, 0, 0); }
      ctx.fillText(text, 0, 0);
      ctx.restore();
    },
    icon(node, x, y, size, opacity) {
      ctx.save();
      ctx.globalAlpha = opacity;
      ctx.fillStyle = "#fff";
      ctx.translate(x - size / 2, y - size / 2);
      ctx.scale(size / 24, size / 24);
      ctx.fill(icons.get(node.type), "evenodd");
      ctx.restore();
    },
    line(points, colour, width, dashes, opacity) {
      Object.assign(ctx, { globalAlpha: opacity, strokeStyle: colour, lineWidth: width });
      ctx.setLineDash(dashes || []);
      ctx.beginPath();
      for (const { x, y } of points) ctx.lineTo(x, y);
      ctx.stroke();
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
    },
    shape(points, colour, opacity) {
      Object.assign(ctx, { globalAlpha: opacity, fillStyle: colour });
      ctx.beginPath();
      for (const { x, y } of points) ctx.lineTo(x, y);
      ctx.fill();
      ctx.globalAlpha = 1;
    },
    dot(x, y, radius, colour, opacity) {
      Object.assign(ctx, { globalAlpha: opacity, fillStyle: colour });
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.fill();
      ctx.globalAlpha = 1;
    },
  };
}

// Draws into an SVG, with the same names.
function svgPen(picture) {
  const put = (tag, attributes, text = "") => picture.append(svg(tag, attributes, text));
  const round = (n) => Math.round(n * 10) / 10;
  const list = (points) => points.map(({ x, y }) => `${round(x)},${round(y)}`).join(" ");
  return {
    width: canvasPen(make("canvas", "").getContext("2d")).width,
    text(text, x, y, { size, weight, colour, halo, angle = 0, opacity = 1 }) {
      const turned = angle ? { transform: `rotate(${round(angle * 180 / Math.PI)} ${round(x)} ${round(y)})` } : {};
      const edge = halo ? { stroke: ink.stage, "stroke-width": round(halo), "paint-order": "stroke", "stroke-linejoin": "round" } : {};
      put("text", { x: round(x), y: round(y), "font-size": round(size), "font-weight": weight, fill: colour, opacity, ...edge, ...turned }, text);
    },
    icon(node, x, y, size, opacity) {
      put("path", { d: classes.get(node.type).icon, fill: "#fff", "fill-rule": "evenodd", opacity, transform: `translate(${round(x - size / 2)} ${round(y - size / 2)}) scale(${size / 24})` });
    },
    line(points, colour, width, dashes, opacity) {
      put("polyline", { points: list(points), fill: "none", stroke: colour, "stroke-width": width, opacity, "stroke-dasharray": (dashes || []).join(" ") });
    },
    shape(points, colour, opacity) { put("polygon", { points: list(points), fill: colour, opacity }); },
    dot(x, y, radius, colour, opacity) { put("circle", { cx: round(x), cy: round(y), r: round(radius), fill: colour, opacity }); },
  };
}

// The points of a line: its ends or, where it bends, some between them as well.
const ENDS = [0, 1];
const BEND = Array.from({ length: 13 }, (_, i) => i / 12);
const pointsOf = (edge) => (edge.smooth.enabled ? BEND : ENDS).map((t) => renderer.point(edge, t));

// The lines in view; from afar none is thinner than can be seen, and none has an arrow.
function drawLines(pen, view) {
  const thinnest = 0.6 / view.scale;
  for (const edge of shown.edges) {
    const points = pointsOf(edge);
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    if (apart({ x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) }, view)) continue;
    const { opacity, colour, marked } = edgeLook(edge);
    pen.line(points, colour, Math.max(marked ? 3.5 : 1.5, thinnest), edge.dashes, opacity);
    if (!edge.arrows || view.scale < 0.3) continue;
    const [tip, end] = [nodes.get(edge.to).size + 3, renderer.at(edge.to)];
    const before = points.reverse().find(({ x, y }) => Math.hypot(x - end.x, y - end.y) > tip) || points[points.length - 1];
    const angle = Math.atan2(end.y - before.y, end.x - before.x);
    const spot = (back, over) => ({
      x: end.x - (tip + back) * Math.cos(angle) - over * Math.sin(angle),
      y: end.y - (tip + back) * Math.sin(angle) + over * Math.cos(angle),
    });
    pen.shape([spot(0, 0), spot(9, 4), spot(9, -4)], colour, opacity);
  }
}

// Everything that is shown.
function draw(pen, view) {
  drawLines(pen, view);
  for (const node of shown.nodes) {
    const { x, y } = renderer.at(node.id);
    const r = node.size;
    const { faded, marked } = nodeLook(node);
    const opacity = faded ? 0.25 : 1;
    pen.dot(x, y, r + (marked ? 3 : 1.5), marked ? ink.ink : ink.stage, 1);
    if (marked) pen.dot(x, y, r, ink.stage, 1);
    if (isEvent(node)) pen.shape([[-r, -r], [r, -r], [r, r], [-r, r]].map(([dx, dy]) => ({ x: x + dx, y: y + dy })), node.color, opacity);
    else pen.dot(x, y, r, node.color, opacity);
  }
  annotate(pen, view);
}
