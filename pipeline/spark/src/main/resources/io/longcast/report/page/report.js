"use strict";
// Puts the report together.

(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = (name) => { document.documentElement.dataset.theme = name; };
  theme(dark.matches ? "dark" : "light");

  const events = objects(data.events);
  const series = data.views ? seriesSection(data, events) : null;

  /** Opens a series, or the series of an event at its time. */
  function open(target) {
    const event = typeof target === "string" ? null : target;
    const id = event ? event.series_id : target;
    if (!series || !series.open(id, event && event.start ? around(event) : null)) {
      note.textContent = `${id} is not drawn; report.series sets how many series are.`;
      note.focus();
      return;
    }
    note.textContent = "";
    series.section.scrollIntoView({ block: "start" });
    document.getElementById("series-select").focus({ preventScroll: true });
  }

  const note = el("p", { role: "status", tabindex: "-1", class: "muted", id: "note" });
  const lanes = data.lanes ? lanesSection(data, open) : null;
  const sections = [
    ["lanes", "Overview", lanes && lanes.section],
    ["series", "Series", series && series.section],
    ["events", "Events", eventsSection(data, open)],
    ["logs", "Sessions", logsSection(data)],
    ["accuracy", "Accuracy", accuracySection(data, open)],
    ["alarms", "Alarm budget", alarmsSection(data)],
    ["training", "Training", trainingSection(data)],
    ["data-health", "Data", healthSection(data, open)],
    ["settings", "Model and settings", settingsSection(data)],
  ].filter(([, , section]) => section);

  function repaint() {
    if (lanes) {
      lanes.redraw();
      lanes.section.querySelector(".key").replaceWith(laneKey());
    }
    redrawAll();
  }

  const toggle = el("button", { type: "button", class: "noprint", onclick: () => {
    theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    repaint();
  } }, "Light or dark");
  dark.addEventListener("change", () => { theme(dark.matches ? "dark" : "light"); repaint(); });

  add(document.getElementById("head"), [
    el("div", { class: "title" }, el("h1", {}, data.run.name), el("span", { class: "muted" }, "written " + instant(data.run.created) + " UTC, model "), el("code", {}, data.run.modelId), toggle),
    verdict(data), headFacts(data)]);
  add(document.getElementById("nav"), [el("ul", {}, sections.map(([id, name]) => el("li", {}, el("a", { href: "#" + id }, name))))]);
  add(document.getElementById("main"), [note, sections.map(([, , section]) => section)]);
  add(document.getElementById("foot"), [el("p", {}, "Written by Longcast from the tables of the run. Times are UTC. This file needs no network."
    + (data.since ? ` Steps after ${instant(data.since)} are shown (report.lookback)` + (data.before ? `; ${plural(data.before, "series", "series")} ended before.` : ".") : ""))]);
  if (series) {
    series.first();
  }
  let shown = "light";
  window.addEventListener("beforeprint", () => {
    shown = document.documentElement.dataset.theme;
    theme("light");
    repaint();
  });
  window.addEventListener("afterprint", () => { theme(shown); repaint(); });
})();
