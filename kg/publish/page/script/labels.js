// Labels keep their size on the screen, and one that would cover another waits until there is room.

const apart = (a, b) => a.x2 < b.x1 || b.x2 < a.x1 || a.y2 < b.y1 || b.y2 < a.y1;
const around = (x, y, w, h, id) => ({ x1: x - w / 2, y1: y - h / 2, x2: x + w / 2, y2: y + h / 2, id });

// Whether a straight line runs through a box (Liang and Barsky).
function crosses(box, a, b) {
  let first = 0, last = 1;
  for (const [start, way, low, high] of [[a.x, b.x - a.x, box.x1, box.x2], [a.y, b.y - a.y, box.y1, box.y2]]) {
    if (way === 0) { if (start < low || start > high) return false; continue; }
    const [near, far] = [(low - start) / way, (high - start) / way].sort((p, q) => p - q);
    first = Math.max(first, near);
    last = Math.min(last, far);
  }
  return first < last;
}

// Writes the icons and labels of what is in view, and returns where the labels stand.
function annotate(pen, view) {
  const { scale } = view;
  const { near } = shown;
  const rank = (id) => (id === state.chosen || id === state.hovered ? 0 : state.pinned.has(id) || (near && near.has(id)) ? 1 : near ? 3 : 2);
  const size = Math.min(16, Math.max(12, 13.5 * scale)) / scale;
  const bodies = [];
  const boxes = [];
  for (const node of byImportance) {
    if (!shown.here.has(node.id)) continue;
    const at = renderer.at(node.id);
    const box = around(at.x, at.y, 2 * node.size, 2 * node.size, node.id);
    if (apart(box, view)) continue;
    bodies.push(box);
    const radius = node.size * scale;
    if (radius < 2 && shown.nodes.length < 3000) pen.dot(at.x, at.y, 2 / scale, node.color, rank(node.id) === 3 ? 0.25 : 1);
    if (radius < 6) continue;
    if (classes.get(node.type).icon) pen.icon(node, at.x, at.y, node.size * 1.3, rank(node.id) === 3 ? 0.4 : 1);
    else pen.text(typeName(node).slice(0, 1).toUpperCase(), at.x, at.y, { size: node.size, weight: 700, colour: "#fff" });
  }
  const blockers = bodies.length > 300 ? [] : bodies;
  const segments = shown.edges.length > 200 ? [] : shown.edges.flatMap((edge) => {
    const points = (edge.smooth.enabled ? [0, 0.25, 0.5, 0.75, 1] : [0, 1]).map((t) => renderer.point(edge, t));
    return points.slice(1).map((point, i) => [points[i], point]);
  });
  const area = (view.x2 - view.x1) * (view.y2 - view.y1) * scale ** 2;
  const most = bodies.length > 40 ? Math.min(bodies.length > 150 ? 45 : 150, area / 9000) : 150;
  const ranked = [0, 1, 2, 3].flatMap((wanted) => bodies.map((box) => box.id).filter((id) => rank(id) === wanted));
  for (const [nth, id] of ranked.entries()) {
    if (boxes.length > most) break;
    const node = nodes.get(id);
    const { x, y } = renderer.at(id);
    const weight = rank(id) < 3 ? 600 : 500;
    const lines = wrapped(node.label);
    const w = Math.max(...lines.map((line) => pen.width(line, size, weight))) + 6 / scale;
    const h = size * 1.2 * lines.length;
    const off = node.size + h / 2 + size * 0.2;
    const inside = Math.min(Math.max(x, view.x1 + w / 2), view.x2 - w / 2);
    const aside = w / 2 + node.size + 3 / scale;
    const [slant, drop] = [w / 2 + node.size * 0.6, h / 2 + node.size * 0.6];
    const spots = [
      [inside, off], [inside, -off], [x + aside, 0], [x - aside, 0],
      [x + slant, drop], [x - slant, drop], [x + slant, -drop], [x - slant, -drop],
    ].map(([at, dy]) => around(at, y + dy, w, h, id));
    const alone = spots.filter((box) => box.x1 >= view.x1 - 1 && box.x2 <= view.x2 + 1 && boxes.every((other) => apart(box, other)));
    const free = alone.filter((box) => blockers.every((other) => other.id === id || apart(box, other)));
    const crossed = new Map(free.map((box) => [box, segments.filter(([a, b]) => crosses(box, a, b)).length]));
    const box = free.sort((a, b) => crossed.get(a) - crossed.get(b))[0] ||
      (nth < bodies.length / 10 && alone[0]) || (rank(id) === 0 && spots[0]);
    if (!box) continue;
    boxes.push(box);
    lines.forEach((line, n) => {
      const middle = (box.y1 + box.y2) / 2 + (n - (lines.length - 1) / 2) * size * 1.15;
      pen.text(line, (box.x1 + box.x2) / 2, middle, { size, weight, halo: 4 / scale, colour: rank(id) === 3 ? ink.faint : ink.ink });
    });
  }
  const wanted = shown.edges.filter(({ id }) => id === state.hovered || (near ? near.has(id) : state.labels));
  const doubtsFirst = wanted.sort((a, b) => (a.status === "asserted") - (b.status === "asserted"));
  for (const edge of doubtsFirst.slice(0, 300)) annotateLine(pen, edge, size * 0.88, [...boxes, ...blockers], boxes);
  return boxes;
}

function annotateLine(pen, edge, size, taken, boxes) {
  const spots = [0, -1, 1].flatMap((beside) => [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74].map((t) => [t, beside]));
  // Where there is no room for the doubt in words, the dashes say it.
  const texts = [...new Set([doubted(edge), labelOf(edge)])];
  for (const [text, t, beside] of texts.flatMap((text) => spots.map((spot) => [cut(text), ...spot]))) {
    const w = pen.width(text, size, 500);
    const [before, at, after] = [t - 0.05, t, t + 0.05].map((s) => renderer.point(edge, s));
    let angle = Math.atan2(after.y - before.y, after.x - before.x);
    if (Math.abs(angle) > Math.PI / 2) angle -= Math.sign(angle) * Math.PI;
    const x = at.x - beside * size * Math.sin(angle);
    const y = at.y + beside * size * Math.cos(angle);
    const steps = Math.max(2, Math.ceil(w / size));
    // A slanted text as a string of small squares.
    const beads = Array.from({ length: steps + 1 }, (_, i) => {
      const d = (i / steps - 0.5) * w;
      return around(x + d * Math.cos(angle), y + d * Math.sin(angle), size * 0.9, size * 0.9, edge.id);
    });
    if (!beads.every((bead) => taken.every((other) => apart(bead, other)))) continue;
    boxes.push(...beads);
    taken.push(...beads);
    if (!beside) {
      const [along, over] = [w / 2 + size / 4, size / 2].map((half) => [half * Math.cos(angle), half * Math.sin(angle)]);
      const corner = (i, j) => ({ x: x + i * along[0] - j * over[1], y: y + i * along[1] + j * over[0] });
      pen.shape([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], ink.stage, 1);
    }
    pen.text(text, x, y, { size, weight: 500, halo: size / 3, angle, colour: ink[edge.status] || ink.faint });
    return;
  }
}
