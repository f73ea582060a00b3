// @ts-check
// Charts are drawn over tables that the server makes: a page reads the same
// without them. A figure names its chart and the element with its figures:
//
//	<figure class="chart" data-chart="timeline" data-json="#timeline-data">
//
// Colours are custom properties of charts.css, so that a change between light
// and dark needs no drawing.

import {html} from "./draw.js";

/** @type {Record<string, () => Promise<{draw: (view: HTMLElement, data: any) => void|Promise<void>}>>} */
const kinds = {
  timeline: () => import("./timeline.js"),
  graph: () => import("./graph.js"),
  map: () => import("./map.js"),
};

/** More links than this in a chart, and the keyboard may pass them by. */
const many = 12;

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  start(/** @type {HTMLElement} */ (figure));
}

/**
 * start draws a figure's chart, and again whenever its width changes.
 * @param {HTMLElement} figure
 */
async function start(figure) {
  const view = html("div", {class: "chart-view"});
  figure.append(view);
  try {
    const kind = kinds[figure.dataset.chart ?? ""];
    if (!kind) throw new Error(`no chart is called ${figure.dataset.chart}`);
    const {draw} = await kind();
    const data = JSON.parse(document.querySelector(figure.dataset.json ?? "")?.textContent ?? "");
    follow(view, () => draw(view, data));
    tips(view);
  } catch (e) {
    fail(view, e);
  }
}

/**
 * follow draws now, and anew when the view is wider or narrower.
 * @param {HTMLElement} view
 * @param {() => void|Promise<void>} draw
 */
function follow(view, draw) {
  let width = 0;
  new ResizeObserver(async () => {
    if (view.clientWidth === width || view.clientWidth === 0) return;
    width = view.clientWidth;
    try {
      await draw();
      skip(view);
    } catch (e) {
      fail(view, e);
    }
  }).observe(view);
}

/**
 * fail says that there is no chart, and why; the table is there all the same.
 * @param {HTMLElement} view
 * @param {unknown} reason
 */
function fail(view, reason) {
  const why = reason instanceof Error ? reason.message : String(reason);
  view.replaceChildren(html("p", {class: "chart-failure", role: "status"},
    `The chart could not be drawn (${why}). The table has the same figures.`));
}

let passed = 0; // charts with many links so far, for their ids

/**
 * skip lets the keyboard pass a chart with many links.
 * @param {HTMLElement} view
 */
function skip(view) {
  if (view.querySelectorAll("a").length <= many) return;
  const id = `chart-end-${++passed}`;
  view.prepend(html("a", {class: "chart-skip", href: `#${id}`}, "Skip the chart"));
  view.append(html("span", {id, tabindex: -1}));
}

/**
 * tips shows what a mark says while it is pointed at or has the focus; Escape
 * takes it away.
 * @param {HTMLElement} view
 */
function tips(view) {
  const tip = html("div", {class: "chart-tip", "aria-hidden": "true", hidden: ""});
  const hide = () => { tip.hidden = true; };
  /** @param {Event} event */
  const show = (event) => {
    const mark = /** @type {Element} */ (event.target).closest("[data-tip]");
    if (!mark) return hide();
    tip.textContent = mark.getAttribute("data-tip");
    tip.hidden = false;
    view.append(tip); // above whatever was drawn since
    place(tip, view.getBoundingClientRect(), mark.getBoundingClientRect());
  };
  view.addEventListener("pointerover", show);
  view.addEventListener("pointerleave", hide);
  view.addEventListener("focusin", show);
  view.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

/**
 * place sets the tip above a mark, or below where there is no room above.
 * @param {HTMLElement} tip
 * @param {DOMRect} view
 * @param {DOMRect} mark
 */
function place(tip, view, mark) {
  const middle = (mark.left + mark.right) / 2 - view.left - tip.offsetWidth / 2;
  tip.style.left = `${Math.max(0, Math.min(middle, view.width - tip.offsetWidth))}px`;
  const above = mark.top - view.top - tip.offsetHeight - 6;
  tip.style.top = `${above + view.top > 0 ? above : mark.bottom - view.top + 6}px`;
}
