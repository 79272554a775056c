"use strict";
// Swim lanes and the view of one series.

/** The numbers of a packed column; null where one is missing. */
function unpack(packed) {
  const text = atob(packed.codes);
  const values = new Array(text.length / 2);
  for (let i = 0; i < values.length; i++) {
    const code = text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8);
    values[i] = code === 0xffff ? null : packed.min + code * packed.step;
  }
  return values;
}

/** The places of a view, in seconds or rows. */
function places(view, timed) {
  const unit = timed ? 1e6 : 1;
  const all = [view.start / unit];
  let at = view.start;
  for (let i = 0; i < view.deltas.length; i += 2) {
    for (let k = 0; k < view.deltas[i + 1]; k++) {
      at += view.deltas[i];
      all.push(at / unit);
    }
  }
  return all;
}

/** Places and columns with an empty place wherever steps are missing, so that lines break there. */
function withGaps(xs, columns, full) {
  const steps = [];
  for (let i = 1; i < xs.length; i++) {
    if (xs[i - 1] >= full) {
      steps.push(xs[i] - xs[i - 1]);
    }
  }
  steps.sort((a, b) => a - b);
  const step = steps[Math.floor(steps.length / 2)];
  const wide = [[], ...columns.map(() => [])];
  for (let i = 0; i < xs.length; i++) {
    if (i > 0 && xs[i - 1] >= full && xs[i] - xs[i - 1] > 1.5 * step) {
      wide[0].push(xs[i - 1] + step / 2);
      columns.forEach((column, c) => wide[c + 1].push(null));
    }
    wide[0].push(xs[i]);
    columns.forEach((column, c) => wide[c + 1].push(column[i]));
  }
  return wide;
}

function seriesSection(data, events) {
  const views = new Map(data.views.map((view) => [view.id, view]));
  for (const fan of data.fans) {
    if (!views.has(fan.series)) {
      views.set(fan.series, null);
    }
  }
  if (!views.size) {
    return null;
  }
  const ids = [...views.keys()];
  const select = el("select", { id: "series-select", onchange: () => open(select.value) }, ids.map((id) => el("option", { value: id }, id)));
  const note = el("p", { class: "muted" });
  const own = el("div");
  const stack = el("div", { id: "series-charts" });
  const made = el("div", { id: "series-parts" });
  let zoom = sharedZoom("series");

  function move(factor, shift) {
    const range = zoom.range();
    if (range) {
      const middle = (range.min + range.max) / 2 + shift * (range.max - range.min);
      const half = ((range.max - range.min) / 2) * factor;
      zoom.zoom(middle - half, middle + half);
    }
  }

  const button = (label, act) => el("button", { type: "button", onclick: act }, label);
  const bar = el("div", { class: "bar" },
    el("label", {}, "Series", select),
    button("Previous", () => step(-1)), button("Next", () => step(1)),
    el("span", { class: "grow" }),
    button("Zoom in", () => move(0.5, 0)), button("Zoom out", () => move(2, 0)),
    button("Earlier", () => move(1, -0.4)), button("Later", () => move(1, 0.4)),
    button("Forecast", () => ahead(select.value)), button("Whole range", () => open(select.value)));

  /** Shows the forecast after as much of the past as helps to judge it. */
  function ahead(id) {
    const fan = data.fans.find((one) => one.series === id);
    if (fan) {
      const unit = data.timed ? 1e6 : 1;
      const [from, to] = [fan.places[0] / unit, fan.places[fan.places.length - 1] / unit];
      open(id, [from - 6 * (to - from), to + 0.1 * (to - from)]);
    }
  }

  function step(by) {
    select.selectedIndex = (select.selectedIndex + by + ids.length) % ids.length;
    open(select.value);
  }

  function open(id, range) {
    if (!views.has(id)) {
      return false;
    }
    select.value = id;
    zoom.charts.forEach((one) => one.destroy());
    zoom = sharedZoom("series");
    const view = views.get(id);
    const mine = events.filter((event) => event.series_id === id);
    const charts = seriesCharts(data, view, id, mine, zoom);
    zoom.charts.push(...charts);
    stack.replaceChildren(...charts.map((one) => one.figure));
    note.textContent = noteOf(view, data.timed);
    own.replaceChildren(...(mine.length ? [eventTable("Events of this series", mine, mine.length, (event) => open(event.series_id, event.start ? around(event) : null))] : []));
    made.replaceChildren(...partsOf(data, id));
    charts.forEach((one) => one.redraw());
    if (range) {
      zoom.zoom(range[0], range[1]);
    }
    return true;
  }

  const section = el("section", { id: "series" }, el("h2", {}, "Series"),
    el("p", { class: "muted" }, "Drag over a chart to zoom in; double-click for the whole range. Zoom and cursor are shared by all charts of the series."),
    bar, note, stack, made, own);
  return { section, open, ids, first: () => open(ids[0]) };
}

const PART_NAMES = {
  level: "level of the window", skip: "linear skip", season: "seasonal gate", covariates: "known covariates", recurrent: "recurrent layers",
};

/** What the network's newest forecast of each channel of a series is made of. */
function partsOf(data, id) {
  const mine = (data.parts || []).filter((one) => one.series === id);
  if (!mine.length) {
    return [];
  }
  const combination = data.run.notes.combination;
  const server = data.run.notes["forecasts by"] || (combination && "the combination (" + combination + ")");
  const panels = mine.map((one) => {
    const added = one.added.map(unpack);
    const sum = unpack(one.forecast);
    const names = one.parts.map((name) => PART_NAMES[name] || name);
    const steps = sum.map((v, t) => t + 1);
    const lines = chart({
      title: one.channel + ": what is added to the level of the window", xLabel: "step", height: 190,
      summary: names.slice(1).map((name, p) => `${name} adds from ${number(Math.min(...added[p + 1]))} to ${number(Math.max(...added[p + 1]))}`).join("; ") + ".",
      data: [steps, ...added.slice(1)],
      series: names.slice(1).map((label, p) => ({ label, color: SERIES_COLORS[p % SERIES_COLORS.length], points: "auto" })),
    });
    const shown = [...new Set([0, Math.floor((sum.length - 1) / 2), sum.length - 1])];
    return el("div", {}, lines.figure,
      sortable(one.channel + ": sums of some steps", [
        { name: "Step", get: (t) => t + 1, number: true },
        ...names.map((name, p) => ({ name, get: (t) => added[p][t], show: (t) => (p ? "+ " : "") + number(added[p][t]), number: true })),
        { name: "= forecast", get: (t) => sum[t], show: (t) => number(sum[t]), number: true },
      ], shown));
  });
  return [el("details", {}, el("summary", {}, "What the network's newest forecast is made of"),
    el("p", { class: "muted" }, "The network adds these up. Where it works on logarithms, what a part adds depends on those before it; the sum is the forecast all the same."
      + (server ? ` The forecast drawn above is that of ${server}, which forecasts in place of the network.` : "")),
    panels)];
}

function noteOf(view, timed) {
  if (!view) {
    return "";
  }
  const parts = [plural(view.steps, "step")];
  if (view.full > view.start) {
    parts.push("before " + place(view.full / (timed ? 1e6 : 1), timed) + " each point is the step with the highest score of several");
  }
  if (view.omitted > 0) {
    parts.push(plural(view.omitted, "further channel") + " not drawn");
  }
  return parts.join("; ") + ".";
}

/** The interval of an event with some room around it. */
function around(event) {
  const [from, to] = span(event);
  const room = Math.max(3 * (to - from), 86400);
  return [from - room, to + room];
}

function span(event) {
  return [Date.parse(event.start) / 1000, Date.parse(event.end) / 1000];
}

function seriesCharts(data, view, id, events, zoom) {
  const shaded = events.filter((event) => event.start && event.end).map((event) => ({ from: span(event)[0], to: span(event)[1] }));
  const fans = data.fans.filter((fan) => fan.series === id);
  const channels = view ? view.channels : [];
  const names = [...new Set([...channels.map((c) => c.name), ...fans.map((f) => f.channel)])];
  const xs = view ? places(view, data.timed) : [];
  const full = view ? view.full / (data.timed ? 1e6 : 1) : 0;
  const charts = names.map((name) =>
    valueChart(data, name, xs, full, channels.find((c) => c.name === name), fans.find((f) => f.channel === name), shaded, zoom));
  if (view && channels.some((c) => unpack(c.score).some((v) => v != null))) {
    charts.push(...scoreCharts(data, view, xs, full, shaded, zoom));
  }
  return charts;
}

function valueChart(data, name, xs, full, channel, fan, events, zoom) {
  const past = channel ? withGaps(xs, ["value", "expected", "lower", "upper"].map((key) => unpack(channel[key])), full) : [[], [], [], [], []];
  const unit = data.timed ? 1e6 : 1;
  const ahead = fan ? [fan.places.map((x) => x / unit), fan.values, fan.lower80, fan.upper80, fan.lower95, fan.upper95] : [[], [], [], [], [], []];
  const columns = channel && fan ? uPlot.join([past, ahead]) : channel ? past : ahead;
  const known = channel ? unpack(channel.value).filter((v) => v != null) : [];
  const summary = (known.length ? `${count(known.length)} observed values from ${number(Math.min(...known))} to ${number(Math.max(...known))}. ` : "")
    + (events.length ? plural(events.length, "event") + " shaded. " : "")
    + (fan ? `Forecast of ${plural(fan.values.length, "step")}, first ${number(fan.values[0])}, last ${number(fan.values[fan.values.length - 1])}.` : "");
  const first = channel ? 5 : 1;
  const ofPast = [
    { label: "observed", color: "--observed", width: 1.3, points: "auto" },
    { label: "expected", color: "--expected", width: 1.2, dash: [5, 4] },
    { label: "95 % from", width: 0 }, { label: "to", width: 0 },
  ];
  const ofFan = [
    { label: "forecast", color: "--forecast", width: 2, points: "auto" },
    { label: "80 % from", width: 0, quiet: true }, { label: "to", width: 0, quiet: true },
    { label: "95 % from", width: 0 }, { label: "to", width: 0 },
  ];
  return chart({
    title: name, summary, data: columns, timed: data.timed, height: 210, sync: zoom, events,
    series: [...(channel ? ofPast : []), ...(fan ? ofFan : [])],
    bands: [
      channel && { series: [4, 3], fill: "--band" },
      fan && { series: [first + 4, first + 3], fill: "--fan" },
      fan && { series: [first + 2, first + 1], fill: "--fan" },
    ].filter(Boolean),
  });
}

function scoreCharts(data, view, xs, full, events, zoom) {
  const scores = withGaps(xs, [unpack(view.threshold), ...view.channels.map((c) => unpack(c.score))], full);
  const shares = withGaps(xs, view.channels.map((c) => unpack(c.share)), full);
  const colors = (i) => SERIES_COLORS[i % SERIES_COLORS.length];
  const charts = [chart({
    title: "Score, as the rarity of a normal step", timed: data.timed, height: 170, sync: zoom, events, data: scores,
    summary: "Anomaly score of each channel with the threshold of the series; 1 in 1,000 is exceeded by one normal step in a thousand.",
    yTicks: (u, ticks) => ticks.map((tick) => rarity(tick)), ySize: 92, yRange: (u, min, max) => [0, Math.max(4, max || 0) * 1.05],
    series: [{ label: "threshold", color: "--alarm", width: 1.5, dash: [6, 4], shown: rarity },
      ...view.channels.map((c, i) => ({ label: c.name, color: colors(i), width: 1.1, shown: rarity }))],
  })];
  if (view.channels.length > 1) {
    charts.push(chart({
      title: "Share of each channel in the score", timed: data.timed, height: 130, sync: zoom, events, data: shares,
      summary: "Shares of the channels drawn, between 0 and 1.", yRange: () => [0, 1],
      series: view.channels.map((c, i) => ({ label: c.name, color: colors(i), width: 1.1 })),
    }));
  }
  return charts;
}

/** Series by time, the highest score of each interval as colour. */
function lanesSection(data, open) {
  if (!data.lanes || !Object.keys(data.lanes.bins).length) {
    return null;
  }
  const bins = new Map(Object.entries(data.lanes.bins));
  const entries = data.catalog.series.filter((entry) => bins.has(entry.id));
  const list = el("div", { id: "lanes-list" });
  const state = { text: "", sort: "peak", size: 40 };
  const status = el("span", { class: "muted", role: "status" });
  const more = el("button", { type: "button", onclick: () => { state.size += 60; draw(); } }, "Show more series");
  const unit = data.timed ? 1e6 : 1;

  function lane(entry) {
    const strip = el("canvas", { width: 720, height: 18, role: "img", "aria-label": "scores of " + entry.id + " over time", onclick: () => open(entry.id) });
    paint(strip, bins.get(entry.id));
    return el("div", { class: "lane" },
      el("button", { type: "button", class: "link", title: entry.id, onclick: () => open(entry.id) }, entry.id), strip,
      el("span", { class: "right" }, rarity(entry.peak), entry.events ? ", " + plural(entry.events, "event") : ""));
  }

  function draw() {
    const found = entries.filter((entry) => entry.id.toLowerCase().includes(state.text));
    if (state.sort === "events") {
      found.sort((a, b) => b.events - a.events);
    } else if (state.sort === "id") {
      found.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    }
    list.replaceChildren(...found.slice(0, state.size).map(lane),
      el("div", { class: "lane", "aria-hidden": "true" }, el("span"), el("div", { class: "axis" },
        el("span", {}, place(data.lanes.from / unit, data.timed)), el("span", {}, place(data.lanes.to / unit, data.timed)))));
    status.textContent = count(found.length) + " of " + plural(data.catalog.total, "series", "series");
    more.hidden = found.length <= state.size;
  }

  const section = el("section", { id: "lanes" }, el("h2", {}, "Anomaly scores by series and time"),
    el("p", { class: "muted" }, "The colour is the highest score in each interval; alarms are red. The series with the highest scores come first. Choose a series to open it."),
    el("div", { class: "bar" },
      el("input", { type: "search", placeholder: "Find a series", "aria-label": "Find a series", oninput: (e) => { state.text = e.target.value.toLowerCase(); draw(); } }),
      el("label", {}, "Order", el("select", { onchange: (e) => { state.sort = e.target.value; draw(); } },
        el("option", { value: "peak" }, "highest score"), el("option", { value: "events" }, "number of events"), el("option", { value: "id" }, "series"))),
      status),
    list, el("div", { class: "bar" }, more), laneKey());
  draw();
  return { section, redraw: draw };
}

const LEVELS = [0, 2, 4, 6, 9];

function laneColor(level, alarm) {
  const dark = document.documentElement.dataset.theme === "dark";
  return alarm ? `hsl(14 85% ${dark ? 44 + 2.5 * level : 66 - 3.2 * level}%)` : `hsl(208 60% ${dark ? 22 + 5 * level : 90 - 5.2 * level}%)`;
}

function laneKey() {
  const key = el("div", { class: "key" });
  for (const alarm of [false, true]) {
    for (const level of LEVELS) {
      const box = el("i");
      box.style.background = laneColor(level, alarm);
      key.append(el("span", {}, box, (alarm ? "alarm, " : "") + rarity(level / 1.5)));
    }
  }
  return key;
}

function paint(canvas, bins) {
  const pen = canvas.getContext("2d");
  const width = canvas.width / bins.length;
  for (let i = 0; i < bins.length; i++) {
    const mark = bins[i];
    if (mark !== ".") {
      const alarm = mark >= "a";
      pen.fillStyle = laneColor(alarm ? mark.charCodeAt(0) - 97 : Number(mark), alarm);
      pen.fillRect(Math.round(i * width), 0, Math.ceil(width), canvas.height);
    }
  }
}

function eventTable(caption, rows, total, open) {
  return sortable(caption, [
    { name: "Series", get: (e) => e.series_id, show: (e) => el("button", { type: "button", class: "link", onclick: () => open(e) }, e.series_id) },
    { name: "Start", tight: true, get: (e) => e.start, show: (e) => instant(e.start) },
    { name: "End", tight: true, get: (e) => e.end, show: (e) => instant(e.end) + (e.state === "open" ? " (open)" : "") },
    { name: "Kind", tight: true, get: (e) => e.kind },
    { name: "Peak", get: (e) => e.peak_score, show: (e) => rarity(digitsOf(e.peak_score)), number: true },
    { name: "Channels", get: (e) => (e.channels || []).join(", ") },
    { name: "Evidence", get: (e) => `${e.evidence ?? ""} ${e.similar_window ?? ""}`, wide: true, show: (e) => [e.evidence, e.similar_window ? el("div", { class: "muted" }, "most similar: " + e.similar_window) : null] },
  ], rows, { total, size: 15 });
}
