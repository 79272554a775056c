"use strict";
// The other sections: verdict, events, accuracy, alarm budget, training, data, logs, settings.

function fact(term, value, small) {
  return el("div", { class: "fact" }, el("dt", {}, term), el("dd", {}, value, small ? el("small", {}, " " + small) : null));
}

/** Metrics over all windows by model. */
function pooled(data) {
  const models = new Map();
  for (const row of objects(data.accuracy.metrics)) {
    if (row.group == null) {
      if (!models.has(row.model)) {
        models.set(row.model, {});
      }
      models.get(row.model)[row.metric] = row.value;
    }
  }
  return models;
}

/** What was evaluated and forecasts unless a baseline does: the network, or it and baselines together. */
function subjectOf(data) {
  return data.run.subject === "combination" ? "The combination of network and baselines" : "The network";
}

/** One sentence on the model, one on the events. */
function verdict(data) {
  const models = pooled(data);
  const own = (models.get(data.run.subject) || {}).mase;
  const other = (models.get(data.run.best) || {}).mase;
  const parts = [];
  if (own != null && other != null) {
    const better = own < other;
    const by = Math.abs(1 - own / other) * 100;
    parts.push(el("strong", { class: better ? null : "bad" }, subjectOf(data) + (better ? " beats every baseline" : " does not beat the best baseline")),
      `: its MASE on the validation windows is ${number(own, 3)}, that of ${data.run.best} ${number(other, 3)} (${number(by, 2)} % ${better ? "lower" : "higher"}).`);
    const [server, weights] = [data.run.notes["forecasts by"], data.run.notes.combination];
    if (weights) {
      parts.push(` Its weights: ${weights}.`);
    }
    if (server) {
      parts.push(` ${server} forecasts in its place.`);
    }
  } else if (models.size && data.run.notes.gate) {
    parts.push(el("strong", { class: data.run.notes.gate === "passed" ? null : "bad" }, "Quality gate: " + data.run.notes.gate), ".");
  }
  if (data.alarms) {
    const rate = data.alarms.events / Math.max(data.alarms.seriesWeeks, 1e-9);
    parts.push(` ${plural(data.events.total, "event")} found, ${number(rate, 2)} per series and week.`);
  }
  if (!data.alarms && data.events && data.events.total) {
    parts.push(` ${plural(data.events.total, "event")} found.`);
  }
  if (data.logs) {
    parts.push(` ${plural(data.logs.sessions.total, "abnormal session")} found.`);
  }
  return el("p", { class: "verdict" }, parts.length ? parts : "No evaluation and no detection stands in the tables yet.");
}

function headFacts(data) {
  const models = pooled(data);
  const own = models.get(data.run.subject) || {};
  const facts = [];
  if (data.catalog) {
    facts.push(fact("Series", count(data.catalog.total), count(data.views.length) + " drawn"));
  }
  if (own.mase != null) {
    facts.push(fact("MASE", number(own.mase, 3), "below 1 beats the seasonal naive"));
  }
  if (own.coverage_95 != null) {
    facts.push(fact("Coverage of the 95 % interval", number(own.coverage_95 * 100, 3) + " %"));
  }
  if (data.alarms) {
    facts.push(fact("Events", count(data.events.total)));
  }
  if (data.logs) {
    facts.push(fact("Abnormal sessions", count(data.logs.sessions.total)));
  }
  const rejected = objects(data.health.rejects).reduce((sum, row) => sum + row.rows, 0);
  facts.push(fact("Rejected rows", count(rejected)));
  return el("dl", { class: "facts" }, facts);
}

function eventsSection(data, open) {
  if (!data.events || !data.events.total) {
    return null;
  }
  const rows = objects(data.events);
  const kinds = new Map();
  rows.forEach((row) => kinds.set(row.kind, (kinds.get(row.kind) || 0) + 1));
  return el("section", { id: "events" }, el("h2", {}, "Events"),
    el("p", { class: "muted" }, [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, n]) => `${kind}: ${count(n)}`).join(", ") + "."),
    eventTable("Events, the highest score first", rows, data.events.total, open));
}

function accuracySection(data, open) {
  const models = pooled(data);
  if (!models.size) {
    return null;
  }
  const shown = ["mase", "rmsse", "smape", "wape", "weighted_quantile_loss", "wql", "crps", "msis_95", "coverage_80", "coverage_90", "coverage_95", "accuracy", "macro_f1", "mcc", "log_loss"];
  const known = [...new Set([...models.values()].flatMap((m) => Object.keys(m)))];
  const names = shown.filter((name) => known.includes(name)).concat(known.some((name) => shown.includes(name)) ? [] : known);
  const rows = [...models].map(([model, metrics]) => ({ model, ...metrics }));
  const section = el("section", { id: "accuracy" }, el("h2", {}, "Accuracy"),
    sortable("Held-out data; lower is better but for coverage, accuracy, F1, MCC and what was found",
      [{ name: "Model", get: (r) => r.model }, ...names.map((name) => ({ name: name.replaceAll("_", " "), get: (r) => r[name], show: (r) => number(r[name], 3), number: true }))],
      rows, { sort: names.includes("mase") ? 1 : null, down: false, best: (r) => r.model === data.run.subject }));
  const pair = el("div", { class: "pair" });
  section.append(pair);
  const charts = [byStep(data), reliability(data, models)].filter(Boolean);
  charts.forEach((one) => pair.append(one.figure));
  add(section, [skills(data), strata(data), worst(data, open), pastAccuracy(data)]);
  return section;
}

/** Columns by model over a common axis. */
function columnsOf(rows, x, models) {
  const xs = [...new Set(rows.map((row) => row[x]))].sort((a, b) => (a < b ? -1 : 1));
  const at = new Map(xs.map((value, i) => [value, i]));
  const columns = models.map(() => new Array(xs.length).fill(null));
  rows.forEach((row) => {
    const m = models.indexOf(row.model);
    if (m >= 0) {
      columns[m][at.get(row[x])] = row.value;
    }
  });
  return [xs, ...columns];
}

function byStep(data) {
  const all = objects(data.accuracy.steps);
  const metric = all.some((row) => row.metric === "mase" && row.value != null) ? "mase" : "mae";
  const rows = all.filter((row) => row.metric === metric);
  if (rows.length < 2) {
    return null;
  }
  const models = [...new Set(rows.map((row) => row.model))].sort((a, b) => (a === data.run.subject ? -1 : b === data.run.subject ? 1 : a < b ? -1 : 1));
  return chart({
    title: (metric === "mase" ? "MASE" : "Mean absolute error") + " by step of the horizon", xLabel: "step", height: 240,
    summary: subjectOf(data) + " and each baseline over the steps of the forecast.", data: columnsOf(rows, "step", models),
    series: models.map((label, i) => ({ label, color: SERIES_COLORS[i % 8], width: label === data.run.subject ? 2.6 : 1.2, points: "auto" })),
  });
}

/** Nominal against realised coverage of the central intervals. */
function reliability(data, models) {
  const percents = [50, 80, 90, 95].filter((p) => [...models.values()].some((m) => m["coverage_" + p] != null));
  if (!percents.length) {
    return null;
  }
  const chosen = [data.run.subject, data.run.best].filter((name) => models.has(name));
  const xs = [0, ...percents, 100];
  return chart({
    title: "Reliability of the intervals: realised coverage by nominal coverage", xLabel: "nominal coverage (%)", height: 240,
    summary: chosen.map((name) => name + ": " + percents.map((p) => `${p} % interval covers ${number(100 * models.get(name)["coverage_" + p], 3)} %`).join(", ")).join("; "),
    data: [xs, xs, ...chosen.map((name) => xs.map((p) => (percents.includes(p) && models.get(name)["coverage_" + p] != null ? 100 * models.get(name)["coverage_" + p] : null)))],
    series: [{ label: "perfect", color: "--muted", width: 1, dash: [4, 4] }, ...chosen.map((label, i) => ({ label, color: SERIES_COLORS[i], points: true, spanGaps: true, width: 1.6 }))],
    yRange: () => [0, 100], xRange: () => [0, 100],
  });
}

function skills(data) {
  const rows = new Map();
  objects(data.accuracy.skills).forEach((row) => rows.set(row.against, { ...rows.get(row.against), against: row.against, [row.metric]: row.value }));
  if (!rows.size) {
    return null;
  }
  const names = [...new Set([...rows.values()].flatMap((row) => Object.keys(row)))].filter((name) => name !== "against");
  return [el("h3", {}, "Skill against each baseline"),
    sortable("Skill: 1 - error of the model / error of the baseline; above 0 is better. Intervals by bootstrap over series",
      [{ name: "Baseline", get: (r) => r.against }, ...names.map((name) => ({ name: name.replaceAll("_", " "), get: (r) => r[name], show: (r) => number(r[name], 3), number: true }))],
      [...rows.values()])];
}

/** Windows apart, such as those with gaps. */
function strata(data) {
  const rows = objects(data.accuracy.metrics).filter((row) => row.group != null && row.metric === "wape" && (row.model === data.run.subject || row.model === data.run.best));
  const groups = new Map();
  rows.forEach((row) => groups.set(row.group, { ...groups.get(row.group), group: row.group, [row.model]: row.value, count: row.count }));
  if (groups.size < 2) {
    return null;
  }
  const pair = [data.run.subject, data.run.best];
  return el("details", {}, el("summary", {}, "WAPE by kind of window"),
    sortable("Windows that are unseen, short, constant, have gaps or a level shift, and all others",
      [{ name: "Windows", get: (r) => r.group }, ...pair.map((name) => ({ name, get: (r) => r[name], show: (r) => number(r[name], 3), number: true })),
        { name: "Values", get: (r) => r.count, show: (r) => (r.count == null ? "–" : count(r.count)), number: true }], [...groups.values()]));
}

function worst(data, open) {
  const rows = new Map();
  objects(data.accuracy.series).forEach((row) => rows.set(row.series_id, { ...rows.get(row.series_id), series_id: row.series_id, [row.model]: row.value }));
  if (!rows.size) {
    return null;
  }
  const models = [...new Set(objects(data.accuracy.series).map((row) => row.model))].sort((a, b) => (a === data.run.subject ? -1 : b === data.run.subject ? 1 : 0));
  return [el("h3", {}, "Series with the highest MASE"),
    sortable("MASE by series, mean over channels, the worst first",
      [{ name: "Series", get: (r) => r.series_id, show: (r) => el("button", { type: "button", class: "link", onclick: () => open(r.series_id) }, r.series_id) },
        ...models.map((name) => ({ name, get: (r) => r[name], show: (r) => number(r[name], 3), number: true }))], [...rows.values()], { size: 10 })];
}

function pastAccuracy(data) {
  const rows = objects(data.accuracy.past).filter((row) => row.metric === "mase");
  if (rows.length < 2) {
    return null;
  }
  const one = chart({
    title: "Accuracy of past forecasts: MASE by day of the origin", timed: true, height: 180, summary: plural(rows.length, "day"),
    data: [rows.map((row) => Date.parse(row.day) / 1000), rows.map((row) => row.value)],
    series: [{ label: "MASE", color: "--s0", points: "auto" }],
  });
  return one.figure;
}

function alarmsSection(data) {
  const alarms = data.alarms;
  if (!alarms || !alarms.thresholds.length || !alarms.seriesWeeks) {
    return null;
  }
  const perWeek = alarms.alarms.map((n) => n / alarms.seriesWeeks);
  const spent = alarms.events / alarms.seriesWeeks;
  // Below the threshold with the most alarms, alarms run into each other.
  const first = perWeek.indexOf(Math.max(...perWeek));
  const silent = perWeek.findIndex((v, i) => i >= first && v === 0);
  const last = silent < 0 ? perWeek.length - 1 : silent;
  const found = perWeek.findIndex((v, i) => i >= first && v <= spent);
  let at = found < 0 ? last : Math.min(found, last);
  const output = el("output", { for: "threshold", "aria-live": "polite" });
  const curve = chart({
    title: "Alarms per series and week by threshold", xLabel: "threshold: score in digits (3 = 1 in 1,000)", height: 220, log: true,
    summary: "Alarms fall as the threshold rises; the red line is the chosen threshold.",
    data: [alarms.thresholds.slice(first, last + 1), perWeek.slice(first, last + 1).map((v) => (v > 0 ? v : null)), alarms.thresholds.slice(first, last + 1).map(() => (perFleet(alarms) ? null : alarms.budget))],
    series: [{ label: "alarms per series and week", color: "--s0", width: 2 }, { label: "budget", color: "--good", dash: [6, 4], width: 1.5 }],
    marks: [() => alarms.thresholds[at]],
  });
  const slider = el("input", { type: "range", id: "threshold", min: first, max: last, value: at, oninput: () => { at = Number(slider.value); say(); if (curve.plot) { curve.plot.redraw(false); } } });
  function say() {
    const digits = alarms.thresholds[at];
    output.textContent = `Threshold ${rarity(digits)}: ${number(perWeek[at], 3)} alarms per series and week, ${count(alarms.alarms[at])} in all on ${plural(alarms.series, "series", "series")}.`;
    slider.setAttribute("aria-valuetext", output.textContent);
  }
  say();
  return el("section", { id: "alarms" }, el("h2", {}, "Alarm budget"),
    el("p", {}, `Asked: ${number(alarms.budget)} ${perFleet(alarms) ? "per day over all series" : "false alarms per series and week"}. Spent: ${number(spent, 3)} events per series and week (${count(alarms.events)} on ${plural(alarms.series, "series", "series")} over ${number(alarms.seriesWeeks, 3)} series-weeks), real faults among them.`),
    el("p", { class: "muted" }, "The slider shows what one fixed threshold for all series would have given, without the alarm rate controller; close alarms count as one."),
    el("label", { for: "threshold" }, "Threshold"), slider, el("p", {}, output), curve.figure);
}

function perFleet(alarms) {
  return alarms.unit !== "SERIES_WEEK";
}

function trainingSection(data) {
  const rows = objects(data.training);
  if (!rows.length) {
    return null;
  }
  const members = [...new Set(rows.map((row) => row.member))];
  const first = rows.filter((row) => row.member === members[0]);
  const xs = first.map((row) => row.steps);
  const column = (name) => first.map((row) => row[name]);
  const parts = [...new Set(first.flatMap((row) => Object.keys(row.seconds_by_part || {})))];
  const charts = [
    chart({ title: "Loss", xLabel: "updates", height: 200, data: [xs, column("training_loss"), column("validation_loss")],
      summary: `Training loss from ${number(rows[0].training_loss)} to ${number(first[first.length - 1].training_loss)} over ${plural(first[0].rounds, "round")}.`,
      series: [{ label: "training", color: "--s0" }, { label: "validation", color: "--s1", points: true, spanGaps: true }] }),
    chart({ title: "Learning rate", xLabel: "updates", height: 200, data: [xs, column("learning_rate")], series: [{ label: "rate", color: "--s0" }] }),
    chart({ title: "Norms", xLabel: "updates", height: 200, log: true, data: [xs, column("gradient_norm"), column("update_norm"), column("parameter_norm")],
      series: [{ label: "gradient", color: "--s0" }, { label: "update", color: "--s1" }, { label: "parameters", color: "--s2" }] }),
    chart({ title: "Seconds per round by part", xLabel: "updates", height: 200, data: [xs, ...parts.map((part) => first.map((row) => (row.seconds_by_part || {})[part] ?? null))],
      series: parts.map((label, i) => ({ label, color: SERIES_COLORS[i % 8] })) }),
  ];
  const events = rows.filter((row) => row.event && row.event !== "clipped");
  const ends = members.map((member) => rows.find((row) => row.member === member));
  const total = ends.reduce((sum, row) => sum + (row.member_seconds || 0), 0);
  const rounds = ends.reduce((sum, row) => sum + row.rounds, 0);
  return el("section", { id: "training" }, el("h2", {}, "Training"),
    el("p", {}, `${plural(rounds, "round")} ${members.length > 1 ? "of " + plural(members.length, "member") + " (the first is drawn) " : ""}in ${number(total, 3)} s.`
      + (events.length ? ` Recoveries: ${events.map((row) => "round " + row.round + " " + row.event).join(", ")}.` : "")),
    el("div", { class: "pair" }, charts.map((one) => one.figure)));
}

/** How the recent past differs from the data of the training. */
function driftTable(data, known, open) {
  const rows = objects(data.drift);
  if (!rows.length) {
    return null;
  }
  const drifted = rows.filter((row) => row.is_drift).length;
  return [el("h3", {}, "Drift"),
    el("p", {}, `Compared with the data of the training at ${instant(rows[0].at)} UTC: ` + (drifted ? `${plural(drifted, "value")} beyond the limit.` : "nothing beyond the limits.")),
    sortable("Drift, what is beyond its limit first", [
      { name: "Scope", get: (r) => r.scope },
      { name: "Series", get: (r) => r.series_id, show: (r) => (r.series_id != null && known.has(r.series_id) ? el("button", { type: "button", class: "link", onclick: () => open(r.series_id) }, r.series_id) : r.series_id ?? "–") },
      { name: "Channel", get: (r) => r.channel }, { name: "Metric", get: (r) => r.metric },
      { name: "Value", get: (r) => r.value, show: (r) => number(r.value, 3), number: true },
      { name: "Limit", get: (r) => r.usual, show: (r) => number(r.usual, 3), number: true },
      { name: "Drifted", get: (r) => (r.is_drift ? "yes" : "no") },
    ], rows, { total: data.drift.total, size: 10 })];
}

function healthSection(data, open) {
  const statuses = objects(data.health.statuses);
  const rejects = objects(data.health.rejects);
  const parts = [el("h2", {}, "Input data")];
  if (data.run.notes.rows) {
    parts.push(el("p", {}, data.run.notes.rows));
  }
  if (statuses.length) {
    parts.push(sortable("Series by status", [
      { name: "Status", get: (r) => r.status }, { name: "Used", get: (r) => (r.kept ? "yes" : "no") },
      { name: "Series", get: (r) => r.series, show: (r) => count(r.series), number: true },
      { name: "Steps", get: (r) => r.steps, show: (r) => count(r.steps ?? 0), number: true },
      { name: "Observed values", get: (r) => r.observed, show: (r) => count(r.observed ?? 0), number: true },
    ], statuses));
  }
  if (rejects.length) {
    parts.push(el("h3", {}, "Rejected rows by reason"), sortable("Rejected rows; the example is one of each kind", [
      { name: "Reason", get: (r) => r.example, wide: true }, { name: "Stage", get: (r) => r.stage },
      { name: "Rows", get: (r) => r.rows, show: (r) => count(r.rows), number: true },
      { name: "Row as it was read", get: (r) => r.record, show: (r) => el("code", {}, r.record ?? "–"), wide: true },
    ], rejects, { total: data.health.rejects.total }));
  }
  const known = new Set((data.views || []).map((view) => view.id));
  parts.push(driftTable(data, known, open));
  if (data.catalog && data.catalog.series.length) {
    parts.push(el("h3", {}, "All series"), sortable("Series, the highest score first", [
      { name: "Series", get: (r) => r.id, show: (r) => (known.has(r.id) ? el("button", { type: "button", class: "link", onclick: () => open(r.id) }, r.id) : r.id) },
      { name: "Status", get: (r) => r.status, show: (r) => (r.status ?? "–") + (r.reason ? ": " + r.reason : ""), wide: true },
      { name: "Peak", get: (r) => r.peak, show: (r) => rarity(r.peak), number: true },
      { name: "Events", get: (r) => r.events, show: (r) => count(r.events), number: true },
      { name: "Rows read", get: (r) => r.read, show: (r) => count(r.read), number: true },
      { name: "Rejected", get: (r) => r.rejected, show: (r) => count(r.rejected), number: true },
      { name: "Steps", get: (r) => r.steps, show: (r) => count(r.steps), number: true },
      { name: "Observed values", get: (r) => r.observed, show: (r) => count(r.observed), number: true },
    ], data.catalog.series, { total: data.catalog.total, size: 12 }));
  }
  return el("section", { id: "data-health" }, parts);
}

function logsSection(data) {
  if (!data.logs) {
    return null;
  }
  const rows = objects(data.logs.sessions);
  const texts = new Map(Object.entries(data.logs.templates));
  const list = el("div");
  const state = { text: "", size: 20 };
  const more = el("button", { type: "button", onclick: () => { state.size += 50; draw(); } }, "Show more sessions");
  const status = el("span", { class: "muted", role: "status" });

  function session(row) {
    const expected = (row.expected || []).map(([id, probability]) => ({ text: texts.get(id) ?? id, probability }));
    return el("div", { class: "session" },
      el("p", {}, el("strong", {}, row.session_id ?? "–"), [row.host, row.timestamp].filter(Boolean).map((where) => ", " + where).join(""), ` ${rarity(digitsOf(row.anomaly_score))}. ${row.reason ?? ""}`),
      el("pre", { class: "line" }, row.line ?? "(end of the session)"),
      el("p", { class: "muted" }, row.source_file ? `${row.source_file}, byte ${count(row.source_offset ?? 0)}, message ${row.position + 1} of the session` : `message ${row.position + 1} of the session`),
      el("div", { class: "split" },
        expected.length ? el("div", {}, el("h3", {}, "Expected here"), el("table", { class: "data" }, el("tbody", {}, expected.map((one) => {
          const bar = el("span", { class: "meter" });
          bar.style.width = Math.round(90 * one.probability) + "px";
          return el("tr", {}, el("td", { class: "n narrow" }, number(100 * one.probability, 2) + " %"), el("td", { class: "narrow" }, bar), el("td", {}, el("code", {}, one.text)));
        })))) : null,
        row.nearest ? el("div", {}, el("h3", {}, "Difference from the nearest normal session"), el("pre", {}, row.nearest)) : null));
  }

  function draw() {
    const found = rows.filter((row) => [row.session_id, row.line, row.reason].some((cell) => String(cell ?? "").toLowerCase().includes(state.text)));
    list.replaceChildren(...found.slice(0, state.size).map(session));
    status.textContent = count(found.length) + " of " + plural(data.logs.sessions.total, "session");
    more.hidden = found.length <= state.size;
  }

  draw();
  return el("section", { id: "logs" }, el("h2", {}, "Abnormal sessions"),
    el("div", { class: "bar" }, el("input", { type: "search", placeholder: "Search", "aria-label": "Search in the sessions", oninput: (e) => { state.text = e.target.value.toLowerCase(); draw(); } }), status),
    list, el("div", { class: "bar" }, more));
}

function settingsSection(data) {
  const run = data.run;
  const facts = [["Model", run.modelId], ["SHA-256 of the weights", run.parametersSha256], ["Fingerprint of the data", run.dataFingerprint],
    ["Numerics", run.numerics], ["Seed", run.seed], ...Object.entries(run.versions), ...Object.entries(run.notes).filter(([topic]) => topic !== "rows")];
  return el("section", { id: "settings" }, el("h2", {}, "Model and settings"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Identity of the model" }, el("table", { class: "data" }, el("caption", {}, "Identity and notes of the model"),
      el("tbody", {}, facts.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: "mono" }, value)))))),
    sortable("Settings that differ from the defaults", [
      { name: "Key", get: (r) => r.key, show: (r) => el("code", {}, r.key) }, { name: "Value", get: (r) => r.value, show: (r) => el("code", {}, r.value), wide: true },
      { name: "Default", get: (r) => r.fallback, show: (r) => el("code", {}, r.fallback || "–"), wide: true }, { name: "Chosen from the data because", get: (r) => r.reason, wide: true },
    ], run.settings, { size: 100 }));
}
