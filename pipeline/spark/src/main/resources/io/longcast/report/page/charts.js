"use strict";
// Charts by uPlot: one place that knows its options. Colours come from the theme at each drawing.

const SERIES_COLORS = ["--s0", "--s1", "--s2", "--s3", "--s4", "--s5", "--s6", "--s7"];
const drawn = new Set();

function redrawAll() {
  for (const chart of [...drawn]) {
    chart.redraw();
  }
}

/** Axis ticks of a place: UTC times by uPlot's own formats, or row numbers. */
function xAxis(timed, label) {
  const axis = { stroke: css("--muted"), grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--grid") }, label, labelSize: 18 };
  if (timed) {
    axis.space = 74;
    axis.values = (u, ticks, index, space, step) => ticks.map((tick) => timeTick(tick, step));
  } else {
    axis.values = (u, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? count(tick) : ""));
  }
  return axis;
}

/** A tick as ISO 8601 writes it, in the detail that the distance of the ticks needs. */
function timeTick(seconds, step) {
  const text = new Date(seconds * 1000).toISOString();
  if (step >= 28 * 86400) {
    return text.slice(0, 7);
  }
  if (step >= 86400 || text.slice(11, 23) === "00:00:00.000") {
    return text.slice(0, 10);
  }
  return step >= 60 ? text.slice(11, 16) : step >= 1 ? text.slice(11, 19) : text.slice(17, 23);
}

/**
 * Draws a chart into a figure and keeps it as wide as its place.
 *
 * @param spec {title, summary, data, series, bands, height, timed, xLabel, yLabel, log, sync, events,
 *     marks, xRange}: a series is {label, color, width, dash, points, scale, show}
 */
function chart(spec) {
  const host = el("div", { class: "chart" });
  const figure = el("figure", {}, el("figcaption", {}, spec.title), host,
    spec.summary ? el("p", { class: "vh" }, spec.summary) : null);
  let plot = null;

  function options(width) {
    const series = [{ label: spec.timed ? "time (UTC)" : spec.xLabel || "row", value: (u, x) => (x == null ? "–" : spec.timed ? place(x, true) : number(x)) }];
    for (const one of spec.series) {
      series.push({
        label: one.label,
        class: one.quiet ? "quiet" : undefined,
        stroke: one.color ? css(one.color) : "transparent",
        width: one.width ?? 1.5,
        dash: one.dash,
        points: { show: one.points === "auto" ? undefined : one.points === true, size: one.points === true ? 7 : 4, fill: one.color ? css(one.color) : undefined },
        show: one.show !== false,
        spanGaps: one.spanGaps === true,
        paths: one.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        value: (u, v) => (one.shown ? one.shown(v) : number(v)),
      });
    }
    return {
      width,
      height: spec.height || 220,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: {
        x: { time: !!spec.timed, range: spec.xRange },
        y: spec.log ? { distr: 3 } : { range: spec.yRange },
      },
      axes: [xAxis(spec.timed, spec.timed ? undefined : spec.xLabel), {
        stroke: css("--muted"), grid: { stroke: css("--grid"), width: 1 }, ticks: { stroke: css("--grid") },
        size: spec.ySize || 64, label: spec.yLabel, labelSize: 18,
        values: spec.yTicks || ((u, ticks) => ticks.map((tick) => (tick == null ? "" : number(tick)))),
      }],
      series,
      bands: (spec.bands || []).map((band) => ({ series: band.series, fill: css(band.fill) })),
      cursor: { sync: spec.sync ? { key: spec.sync.key, scales: ["x", null] } : undefined, drag: { x: true, y: false, setScale: true }, focus: { prox: 20 } },
      legend: { live: true },
      hooks: {
        drawClear: [(u) => (spec.events || []).forEach((event) => shade(u, event))],
        draw: [(u) => (spec.marks || []).forEach((mark) => line(u, mark()))],
        setScale: [(u, key) => { if (key === "x" && spec.sync) { spec.sync.moved(u); } }],
      },
    };
  }

  function shade(u, event) {
    const from = Math.max(u.bbox.left, u.valToPos(event.from, "x", true));
    const to = Math.min(u.bbox.left + u.bbox.width, u.valToPos(event.to, "x", true));
    if (to > u.bbox.left && from < u.bbox.left + u.bbox.width) {
      u.ctx.fillStyle = css("--event");
      u.ctx.fillRect(from, u.bbox.top, Math.max(2, to - from), u.bbox.height);
    }
  }

  function line(u, x) {
    const at = u.valToPos(x, "x", true);
    u.ctx.save();
    u.ctx.strokeStyle = css("--alarm");
    u.ctx.lineWidth = 2;
    u.ctx.beginPath();
    u.ctx.moveTo(at, u.bbox.top);
    u.ctx.lineTo(at, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
    u.ctx.restore();
  }

  const handle = {
    figure,
    get plot() { return plot; },
    redraw() {
      if (!host.isConnected) {
        handle.destroy();
        return;
      }
      const range = plot && { min: plot.scales.x.min, max: plot.scales.x.max };
      if (plot) {
        plot.destroy();
      }
      plot = new uPlot(options(Math.max(240, host.clientWidth)), spec.data, host);
      plot.root.setAttribute("role", "img");
      plot.root.setAttribute("aria-label", spec.title + (spec.summary ? ". " + spec.summary : ""));
      if (range) {
        plot.setScale("x", range);
      }
    },
    destroy() {
      drawn.delete(handle);
      resize.disconnect();
      if (plot) {
        plot.destroy();
        plot = null;
      }
    },
  };
  const resize = new ResizeObserver(() => {
    const width = Math.max(240, host.clientWidth);
    if (!plot) {
      handle.redraw();
    } else if (width !== plot.width) {
      plot.setSize({ width, height: spec.height || 220 });
    }
  });
  drawn.add(handle);
  resize.observe(host);
  return handle;
}

/** Charts that share zoom and cursor. */
function sharedZoom(key) {
  const charts = [];
  let moving = false;
  return {
    key,
    charts,
    moved(from) {
      if (moving) {
        return;
      }
      moving = true;
      const { min, max } = from.scales.x;
      for (const one of charts) {
        if (one.plot && one.plot !== from && (one.plot.scales.x.min !== min || one.plot.scales.x.max !== max)) {
          one.plot.setScale("x", { min, max });
        }
      }
      moving = false;
    },
    range() {
      const first = charts.find((one) => one.plot);
      return first ? first.plot.scales.x : null;
    },
    zoom(min, max) {
      const first = charts.find((one) => one.plot);
      if (first) {
        first.plot.setScale("x", { min, max });
      }
    },
  };
}
