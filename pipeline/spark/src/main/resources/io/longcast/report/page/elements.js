"use strict";
// Elements, numbers, times and tables. Texts of the data only ever become text nodes.

/** Creates an element: attributes by name, `on…` for listeners, children as elements or texts. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (value === true) {
      node.setAttribute(name, "");
    } else if (value !== false && value != null) {
      node.setAttribute(name, value);
    }
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child != null && child !== false) {
      node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return node;
}

/** Four significant digits, thousands apart; a dash for what is missing. */
function number(value, digits = 4) {
  if (value == null || Number.isNaN(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return value.toExponential(2);
  }
  return value.toLocaleString("en-US", { maximumSignificantDigits: Math.max(digits, size >= 1e4 ? 9 : 0) });
}

function count(value) {
  return value.toLocaleString("en-US");
}

function plural(value, one, many = one + "s") {
  return count(value) + " " + (value === 1 ? one : many);
}

/** A score in digits as the rarity of a normal step: 3 is one in 1,000. */
function rarity(digits) {
  if (digits == null) {
    return "–";
  }
  if (digits >= 9) {
    return digits >= 16 ? "below 1 in 10¹⁶" : "1 in 10" + [...String(Math.round(digits))].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("");
  }
  const odds = Math.pow(10, digits);
  return "1 in " + count(Number(odds.toPrecision(odds < 100 ? 2 : 1)));
}

/** A score in [0, 1] in digits, see rarity. */
function digitsOf(score) {
  return score == null ? null : Math.min(16, -Math.log10(Math.max(1 - score, 1e-16)));
}

/** A place on the axis as text: a UTC time, or a row number. */
function place(x, timed) {
  return timed ? new Date(x * 1000).toISOString().replace("T", " ").replace(/(:00)?\.000Z$/, "").replace(/Z$/, "") : "row " + count(x);
}

function instant(text) {
  return text == null ? "–" : text.replace("T", " ").replace(/(:00)?Z$/, "");
}

/** A table view of the data as objects by column. */
function objects(view) {
  return view ? view.rows.map((row) => Object.fromEntries(view.columns.map((name, i) => [name, row[i]]))) : [];
}

/**
 * A table that can be sorted, searched and paged.
 *
 * @param columns {name, get, show, number, wide}: get for sorting, show for the cell
 */
function sortable(caption, columns, rows, options = {}) {
  const state = { sort: options.sort ?? null, down: options.down ?? true, text: "", size: options.size || 25 };
  const body = el("tbody");
  const status = el("span", { class: "muted", role: "status" });
  const more = el("button", { type: "button", onclick: () => { state.size += 100; draw(); } }, "Show more rows");
  const heads = columns.map((column, i) =>
    el("th", { scope: "col", class: column.number ? "n" : null },
      el("button", { type: "button", onclick: () => { state.down = state.sort === i ? !state.down : !!column.number; state.sort = i; draw(); } }, column.name)));
  const search = el("input", { type: "search", "aria-label": "Search in " + caption, placeholder: "Search", oninput: (e) => { state.text = e.target.value.toLowerCase(); draw(); } });

  function matches(row) {
    return columns.some((column) => String(column.get(row) ?? "").toLowerCase().includes(state.text));
  }

  function compare(a, b) {
    const get = columns[state.sort].get;
    const [x, y] = [get(a), get(b)];
    const order = x == null ? (y == null ? 0 : 1) : y == null ? -1 : (x < y ? -1 : x > y ? 1 : 0) * (state.down ? -1 : 1);
    return order;
  }

  function draw() {
    const found = state.text ? rows.filter(matches) : rows.slice();
    if (state.sort != null) {
      found.sort(compare);
    }
    body.replaceChildren(...found.slice(0, state.size).map((row) =>
      el("tr", { class: options.best && options.best(row) ? "best" : null }, columns.map((column, i) =>
        el(i === 0 ? "th" : "td", { scope: i === 0 ? "row" : null, class: column.number ? "n" : column.wide ? "wide" : column.tight ? "tight" : null },
          column.show ? column.show(row) : column.get(row) ?? "–")))));
    heads.forEach((head, i) => head.setAttribute("aria-sort", state.sort !== i ? "none" : state.down ? "descending" : "ascending"));
    const total = options.total || rows.length;
    status.textContent = found.length === rows.length && total === rows.length ? plural(total, "row")
      : count(found.length) + " of " + plural(total, "row");
    more.hidden = found.length <= state.size;
  }

  draw();
  return el("div", {},
    rows.length > 8 ? el("div", { class: "bar" }, search, status) : null,
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: "data" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), body)),
    el("div", { class: "bar" }, more));
}

/** The value of a CSS variable of the current theme. */
function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
