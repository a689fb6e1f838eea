// The time line: when the articles behind the facts were published, and a range of it.

const MOST_STEPS = 40;
const dates = data.articles.map(([, , date]) => (/^\d{4}(-\d\d){0,2}$/.test(date) && !isNaN(Date.parse(date)) ? date : ""));
const steps = timeSteps();

// The shortest of day, month and year that needs no more than MOST_STEPS of them, without gaps.
function timeSteps() {
  const known = dates.filter(Boolean).sort();
  if (new Set(known).size < 2) return [];
  const day = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
  const number = (date) => Math.floor(Date.parse(date) / 864e5);
  for (const length of [10, 7, 4]) {
    const kept = known.filter((date) => date.length >= length);
    if (kept.length < known.length) continue;
    const span = [];
    for (let n = number(known[0]); n <= number(known[known.length - 1]); n++) span.push(day(n).slice(0, length));
    const every = [...new Set(span)];
    if (every.length <= MOST_STEPS || length === 4) return every.length > 1 ? every : [];
  }
  return [];
}

const stepOf = dates.map((date) => (date && steps.length ? steps.indexOf(date.slice(0, steps[0].length)) : -1));
const times = new Map(); // of cards and nodes: the steps in which they were told
for (const item of [...data.edges, ...data.nodes]) {
  for (const card of item.cards) times.set(card, [...new Set(card.sentences.map((n) => stepOf[data.sentences[n][1]]))]);
}
for (const node of data.nodes) {
  const told = [node, ...linesOf.get(node.id)].flatMap((item) => item.cards);
  times.set(node, [...new Set(told.flatMap((card) => times.get(card)))]);
}

// Whether something was told within the range; what has no date always passes.
function timely(item) {
  const when = times.get(item);
  return !when.length || when.some((step) => step < 0 || (step >= state.from && step <= state.to));
}

function timeLine() {
  $("time").hidden = !steps.length;
  if (!steps.length) return;
  const last = steps.length - 1;
  const counts = steps.map((_, step) => stepOf.filter((other) => other === step).length);
  const undated = stepOf.filter((step) => step < 0).length;
  const high = Math.max(...counts);
  const bars = counts.map((n, step) => svg("rect", { x: step, width: 0.8, y: 24 - 24 * n / high, height: 24 * n / high }));
  set($("bars"), { viewBox: `0 0 ${steps.length} 24` }).append(...bars);
  const handles = [$("since"), $("until")];
  for (const handle of handles) set(handle, { min: 0, max: last, step: 1 });
  const show = () => {
    const [from, to] = handles.map((handle) => Number(handle.value));
    [state.from, state.to] = [from, to === last ? Infinity : to];
    bars.forEach((bar, step) => bar.setAttribute("class", step < from || step > to ? "out" : ""));
    handles.forEach((handle) => set(handle, { "aria-valuetext": steps[handle.value] }));
    handles[0].classList.toggle("above", from === last); // else the other handle would lie on it
    $("range").textContent = `${steps[from]} – ${steps[to]}${undated ? ` · ${undated} undated` : ""}`;
  };
  handles.forEach((handle, nth) => handle.addEventListener("input", () => {
    const other = Number(handles[1 - nth].value);
    handle.value = nth ? Math.max(handle.value, other) : Math.min(handle.value, other);
    show();
    refresh();
  }));
  resetTime = () => { [$("since").value, $("until").value] = [0, last]; show(); };
  resetTime();
}

let resetTime = () => {};
