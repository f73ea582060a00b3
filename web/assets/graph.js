// @ts-check
// The graph of relations: who has to do with whom, how much, and how.

import {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from "./vendor.js";
import {count, drawing, html, labels, legend, link, shade, side, svg, tally} from "./draw.js";

/**
 * @typedef {{number: number, name: string, kind: string, events: number, href: string}} Node
 * @typedef {{a: number, b: number, cooperation: number, conflict: number, href: string}} Link
 * @typedef {Node & {r: number, x: number, y: number}} Placed
 * @typedef {Link & {source: Placed, target: Placed}} Tied
 */

/**
 * draw fills the view with the graph.
 * @param {HTMLElement} view
 * @param {{nodes: Node[], links: Link[]}} data
 */
export function draw(view, data) {
  if (data.nodes.length === 0) {
    view.replaceChildren(html("p", {class: "chart-empty"}, "No relations in this period."));
    return;
  }
  const width = view.clientWidth;
  const height = Math.max(400, 60 * Math.sqrt(data.nodes.length), Math.min(680, 0.62 * width));
  const {nodes, ties} = layout(data, width, height);
  const most = Math.max(1, ...ties.map(({cooperation, conflict}) => cooperation + conflict));
  const widest = Math.min(7, Math.sqrt((width * height) / nodes.length) / 12);
  const lines = ties.map((tie) => line(tie, 1 + (widest - 1) * Math.sqrt((tie.cooperation + tie.conflict) / most)));
  const discs = nodes.map(disc);
  discs.forEach((d, i) => light(d, lines.filter((_, j) => ties[j].source === nodes[i] || ties[j].target === nodes[i])));
  const picture = drawing(width, height, `${count(nodes.length, "actor")} and ${count(ties.length, "relation")} between them`,
    ...lines, ...discs, labels(nodes.map(({x, y, r, name}) => ({x, y, r, text: name})), width, height));
  picture.setAttribute("class", "chart-graph");
  view.replaceChildren(picture, key(nodes));
}

/**
 * layout finds places for the actors, the largest first. The simulation starts
 * from the same places and runs the same number of steps, so that the same
 * relations always look the same.
 * @param {{nodes: Node[], links: Link[]}} data
 * @param {number} width
 * @param {number} height
 * @returns {{nodes: Placed[], ties: Tied[]}}
 */
function layout(data, width, height) {
  const most = Math.max(1, ...data.nodes.map((n) => n.events));
  const largest = width < 600 ? 13 : 22;
  /** @type {Placed[]} */
  const nodes = data.nodes
    .map((n) => ({...n, r: 4 + (largest - 4) * Math.sqrt(n.events / most), x: NaN, y: NaN}))
    .sort((a, b) => b.events - a.events || a.number - b.number);
  const known = new Map(nodes.map((n) => [n.number, n]));
  /** @type {Tied[]} */
  const ties = data.links.filter((l) => known.has(l.a) && known.has(l.b)).map((l) => ({...l,
    source: /** @type {Placed} */ (known.get(l.a)), target: /** @type {Placed} */ (known.get(l.b))}));
  const room = Math.sqrt((width * height) / nodes.length);
  forceSimulation(nodes)
    .force("tie", forceLink(ties).distance(room * 0.7))
    .force("apart", forceManyBody().strength(-4 * room).distanceMax(3 * room))
    .force("across", forceX(0).strength(0.15 * Math.min(1, height / width)))
    .force("down", forceY(0).strength(0.15 * Math.min(1, width / height)))
    .force("touch", forceCollide((/** @type {Placed} */ n) => n.r + Math.min(12, room / 6)))
    .stop().tick(300);
  spread(nodes, "x", width, 44);
  spread(nodes, "y", height, 26);
  return {nodes, ties};
}

/**
 * spread stretches or presses the layout into the room that there is.
 * @param {Placed[]} nodes
 * @param {"x"|"y"} along
 * @param {number} size
 * @param {number} edge
 */
function spread(nodes, along, size, edge) {
  const low = Math.min(...nodes.map((n) => n[along])), high = Math.max(...nodes.map((n) => n[along]));
  const stretch = Math.min(1.6, (size - 2 * edge) / (high - low || 1));
  for (const n of nodes) n[along] = size / 2 + (n[along] - (low + high) / 2) * stretch;
}

/**
 * line draws a relation, dashed by what prevails.
 * @param {Tied} tie
 * @param {number} wide
 */
function line(tie, wide) {
  const {source, target} = tie;
  const ends = {x1: source.x, y1: source.y, x2: target.x, y2: target.y};
  return link(tie.href, `${source.name} – ${target.name}: ${tally(tie)}`, {},
    svg("line", {class: "reach", ...ends}),
    svg("line", {class: `tie shade-${shade(tie)}`, ...ends, "stroke-width": wide.toFixed(1), "stroke-dasharray": dashes(side(tie), wide)}));
}

/**
 * dashes is the pattern of a line: none for cooperation, long for both, short
 * for conflict.
 * @param {string} kind
 * @param {number} wide
 */
function dashes(kind, wide) {
  if (kind === "cooperation") return undefined;
  return kind === "mixed" ? `${(8 + 2 * wide).toFixed(1)} ${(2 + wide).toFixed(1)}` : `${(2 + wide).toFixed(1)} ${(1 + wide / 2).toFixed(1)}`;
}

/**
 * disc draws an actor: full for states, a ring for others.
 * @param {Placed} node
 */
function disc(node) {
  return link(node.href, `${node.name} (${node.kind}): ${count(node.events, "event")}`, {transform: `translate(${node.x},${node.y})`},
    svg("circle", {class: node.kind === "state" ? "actor state" : "actor", r: node.r.toFixed(1)}));
}

/**
 * light brings an actor's relations out while it is pointed at or has the focus.
 * @param {SVGElement} actor
 * @param {SVGElement[]} lines
 */
function light(actor, lines) {
  const turn = (/** @type {boolean} */ on) => {
    actor.ownerSVGElement?.classList.toggle("dim", on);
    for (const l of lines) l.classList.toggle("lit", on);
  };
  for (const name of ["pointerenter", "focus"]) actor.addEventListener(name, () => turn(true));
  for (const name of ["pointerleave", "blur"]) actor.addEventListener(name, () => turn(false));
}

/**
 * key explains the graph.
 * @param {Placed[]} nodes
 */
function key(nodes) {
  const stroke = (/** @type {number} */ step, /** @type {string} */ kind) => svg("line",
    {class: `tie shade-${step}`, x1: -14, x2: 14, y1: 0, y2: 0, "stroke-width": 4, "stroke-dasharray": dashes(kind, 4)});
  /** @type {[SVGElement, string][]} */
  const actors = [[svg("circle", {class: "actor state", r: 6}), "state"]];
  if (nodes.some((n) => n.kind !== "state")) actors.push([svg("circle", {class: "actor", r: 6}), "other actor"]);
  return legend([...actors,
    [stroke(0, "cooperation"), "mostly cooperation"], [stroke(2, "mixed"), "both"], [stroke(4, "conflict"), "mostly conflict"],
    [svg("path", {class: "wedge", d: "M-14-1 14-5V5L-14 1Z"}), "few to many events"]]);
}
