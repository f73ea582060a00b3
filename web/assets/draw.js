// @ts-check
// What the charts share: making elements, saying counts, and setting labels.
// Nothing here writes a style into markup: the pages allow none.

/** @typedef {{cooperation: number, conflict: number}} Counts */

/**
 * svg makes an element of a drawing.
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [attributes] undefined ones are left out
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(name, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/**
 * html makes an element of a page.
 * @param {string} name
 * @param {Record<string, string|number|undefined>} [attributes] undefined ones are left out
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function html(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, string|number|undefined>} attributes
 * @param {(Node|string)[]} children
 */
function fill(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * drawing makes the root of a drawing whose marks are links.
 * @param {number} width
 * @param {number} height
 * @param {string} label what it shows
 * @param {...Node} children
 */
export function drawing(width, height, label, ...children) {
  return svg("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label}, ...children);
}

/**
 * link makes a mark that leads somewhere; its label is shown when it is pointed
 * at or has the focus.
 * @param {string} href
 * @param {string} label
 * @param {Record<string, string|number|undefined>} attributes
 * @param {...Node} children
 */
export function link(href, label, attributes, ...children) {
  return svg("a", {href, "aria-label": label, "data-tip": label, ...attributes}, ...children);
}

/**
 * side says which prevails, where it is two thirds or more.
 * @param {Counts} counts
 * @returns {"cooperation"|"mixed"|"conflict"}
 */
export function side({cooperation, conflict}) {
  const share = conflict / (cooperation + conflict);
  if (share >= 2 / 3) return "conflict";
  return share <= 1 / 3 ? "cooperation" : "mixed";
}

/**
 * shade is the step from cooperation, 0, to conflict, 4, whose colour counts have.
 * @param {Counts} counts
 */
export function shade({cooperation, conflict}) {
  return cooperation + conflict === 0 ? 2 : Math.round((4 * conflict) / (cooperation + conflict));
}

/**
 * count says how many there are of something.
 * @param {number} n
 * @param {string} noun
 */
export function count(n, noun) {
  return `${n.toLocaleString("en-GB")} ${noun}${n === 1 ? "" : "s"}`;
}

/**
 * tally says both counts.
 * @param {Counts} counts
 */
export function tally({cooperation, conflict}) {
  return `${cooperation.toLocaleString("en-GB")} cooperation, ${conflict.toLocaleString("en-GB")} conflict`;
}

const days = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});

/**
 * dayText writes a day out: 7 Jan 2025.
 * @param {Date} day
 */
export function dayText(day) {
  return days.format(day);
}

/**
 * legend explains marks beside the marks themselves.
 * @param {[SVGElement, string][]} entries each a mark that fits into 28 by 16, drawn about its middle, and its meaning
 */
export function legend(entries) {
  return html("ul", {class: "chart-legend"}, ...entries.map(([mark, text]) => html("li", {},
    svg("svg", {width: 28, height: 16, viewBox: "-14 -8 28 16", "aria-hidden": "true"}, mark), text)));
}

/** @typedef {{x: number, y: number, r: number, text: string}} Spot a mark and its label */

const first = 10; // labels that matter more than later marks

/**
 * labels sets texts beside their marks, below, above, right or left, so that they
 * cover neither each other nor a mark. Those that come first choose first, and
 * the very first may lie over later marks; one that finds no room is left out,
 * for the mark still says it when pointed at.
 * @param {Spot[]} spots
 * @param {number} width
 * @param {number} height
 */
export function labels(spots, width, height) {
  const taken = spots.map(({x, y, r}) => [x - r, y - r, x + r, y + r]);
  const group = svg("g", {class: "chart-labels", "aria-hidden": "true"});
  spots.forEach(({x, y, r, text}, own) => {
    const w = textWidth(text) / 2;
    const inside = Math.max(w + 2, Math.min(x, width - w - 2));
    for (const [cx, cy] of [[inside, y + r + 9], [inside, y - r - 8], [x + r + 5 + w, y], [x - r - 5 - w, y]]) {
      const box = [cx - w, cy - 7, cx + w, cy + 7];
      if (box[0] < 2 || box[1] < 2 || box[2] > width - 2 || box[3] > height - 2) continue;
      const weak = (/** @type {number} */ i) => i === own || (own < first && i >= first && i < spots.length);
      if (taken.some((other, i) => !weak(i) && overlap(box, other))) continue;
      taken.push(box);
      group.append(svg("text", {x: cx, y: cy, dy: "0.35em"}, text));
      return;
    }
  });
  return group;
}

/**
 * textWidth estimates how wide a label is, without asking the page to lay it out.
 * @param {string} text
 */
export function textWidth(text) {
  return 6.4 * text.length;
}

/**
 * @param {number[]} a
 * @param {number[]} b
 */
function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
