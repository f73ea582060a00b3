// @ts-check
// The map of events. It shows no more than is known: a point where the place is
// one, a dashed ring for a province or a region, and a country as a whole,
// hatched, where no more is said than the country.

import {feature, geoAzimuthalEqualArea, geoBounds, geoDistance, geoEqualEarth, geoPath} from "./vendor.js";
import {count, drawing, html, labels, legend, link, shade, side, svg, tally, textWidth} from "./draw.js";

/**
 * @typedef {{id: string, name: string, kind: string, country: string, iso: string, lat: number, lon: number,
 *   precision: "point"|"area"|"country", events: number, cooperation: number, conflict: number, href: string}} Spot
 * @typedef {{type: string, id?: string, properties: {name: string}, geometry: any}} Country
 */

const margin = 4; // degrees around the places that are shown
const whole = 140; // degrees of longitude from which the world is shown
const near = 0.35; // radians about a place that are shown with it where places are all over the world

/** What the map of the world has to show; it leaves the Antarctic out. */
const inhabited = {type: "MultiPoint", coordinates: [[-180, 0], [180, 0], [0, -57], [0, 83]]};

/** @type {Promise<Country[]>|undefined} */
let fetched;

/**
 * world fetches the borders once for all maps of the page.
 * @returns {Promise<Country[]>}
 */
function world() {
  fetched ??= fetch(new URL("world.json", import.meta.url)).then(async (answer) => {
    if (!answer.ok) throw new Error(`the borders: ${answer.status} ${answer.statusText}`);
    const topology = await answer.json();
    return feature(topology, topology.objects.countries).features;
  });
  return fetched;
}

/**
 * draw fills the view with the map.
 * @param {HTMLElement} view
 * @param {{spots: Spot[]}} data
 */
export async function draw(view, data) {
  const countries = await world();
  const everywhere = region(data.spots, countries);
  const domain = everywhere ?? region(densest(data.spots), countries);
  const picture = html("div", {class: "chart-picture"});
  const buttons = [[everywhere ? "Where the events are" : "Where most events are", false], ["World", true]].map(([text, all]) => {
    const button = html("button", {type: "button"}, String(text));
    button.addEventListener("click", () => show(Boolean(all)));
    return button;
  });
  const show = (/** @type {boolean} */ all) => {
    buttons.forEach((b, i) => b.setAttribute("aria-pressed", String(all === (i === 1))));
    picture.replaceChildren(paint(data.spots, countries, all ? undefined : domain, view.clientWidth));
  };
  const choice = domain ? [html("div", {class: "chart-buttons", role: "group", "aria-label": "Part of the world"}, ...buttons)] : [];
  view.replaceChildren(...choice, picture, ...data.spots.length > 0 ? [key(data.spots)] : []);
  show(!everywhere);
}

/**
 * region is what the map has to show for all places to be on it with what lies
 * around them; undefined where that is about the world.
 * @param {Spot[]} spots
 * @param {Country[]} countries
 */
function region(spots, countries) {
  const around = spots.filter((s) => s.precision !== "country").flatMap(({lon, lat}) =>
    [[-1, -1], [-1, 1], [1, -1], [1, 1]].map(([e, n]) => [lon + e * margin, Math.max(-89, Math.min(89, lat + n * margin))]));
  const shapes = countries.filter((c) => spots.some((s) => s.precision === "country" && s.iso === c.id)).map(mainland);
  const domain = {type: "GeometryCollection", geometries: [{type: "MultiPoint", coordinates: around}, ...shapes]};
  if (around.length + shapes.length === 0) return undefined;
  const [[west], [east]] = geoBounds(domain);
  return (east - west + 360) % 360 > whole ? undefined : domain;
}

/**
 * densest picks the places near the one that has the most events about it.
 * @param {Spot[]} spots
 */
function densest(spots) {
  const points = spots.filter((s) => s.precision !== "country");
  const about = points.map((p) => points.filter((q) => geoDistance([p.lon, p.lat], [q.lon, q.lat]) < near));
  const events = (/** @type {Spot[]} */ some) => some.reduce((sum, s) => sum + s.events, 0);
  return about.reduce((best, some) => events(some) > events(best) ? some : best, []);
}

/**
 * mainland is the largest part of a country, so that far islands do not decide
 * where it is.
 * @param {Country} country
 */
function mainland({geometry}) {
  if (geometry.type === "Polygon") return geometry;
  const [coordinates] = [...geometry.coordinates].sort((a, b) => b[0].length - a[0].length);
  return {type: "Polygon", coordinates};
}

/**
 * paint draws the part of the world that has the domain in it, or all of it.
 * @param {Spot[]} spots
 * @param {Country[]} countries
 * @param {any} domain
 * @param {number} width
 */
function paint(spots, countries, domain, width) {
  const height = domain ? Math.max(320, Math.min(620, 0.6 * width)) : 0.46 * width;
  const projection = project(domain, width, height);
  const path = geoPath(projection).digits(1);
  const {pins, shaded} = sort(spots, projection, width, height);
  const parts = [
    svg("path", {class: "land", d: path({type: "FeatureCollection", features: countries}) ?? ""}),
    ...countries.flatMap((country) => shaded.filter((s) => s.iso === country.id).map((s) => area(s, path(country) ?? ""))),
    names(countries, path, width, height, pins),
    ...pins.map(pin),
    labels(pins.map(({x, y, r, spot}) => ({x, y, r, text: spot.name})), width, height),
  ];
  const picture = drawing(width, height, `${count(spots.length, "place")} of events on a map`, hatches(), ...parts);
  picture.setAttribute("class", "chart-map");
  return picture;
}

/**
 * project chooses the projection: one that keeps areas, about the middle of what
 * is shown.
 * @param {any} domain
 * @param {number} width
 * @param {number} height
 */
function project(domain, width, height) {
  if (!domain) return geoEqualEarth().fitExtent([[2, 2], [width - 2, height - 2]], inhabited);
  const [[west, south], [east, north]] = geoBounds(domain);
  const middle = west + ((east - west + 360) % 360) / 2;
  return geoAzimuthalEqualArea().rotate([-middle, -(south + north) / 2])
    .fitExtent([[8, 8], [width - 8, height - 8]], domain).clipExtent([[-2, -2], [width + 2, height + 2]]);
}

/**
 * sort tells places that have a mark from those that shade their country; the
 * largest are drawn first, so that the small lie on them.
 * @param {Spot[]} spots
 * @param {any} projection
 * @param {number} width
 * @param {number} height
 */
function sort(spots, projection, width, height) {
  const most = Math.max(1, ...spots.filter((s) => s.precision !== "country").map((s) => s.events));
  const largest = width < 600 ? 14 : 22;
  const pins = spots.filter((s) => s.precision !== "country").sort((a, b) => b.events - a.events).map((spot) => {
    const [x, y] = projection([spot.lon, spot.lat]);
    return {spot, x, y, r: 6 + (largest - 6) * Math.sqrt(spot.events / most)};
  });
  return {
    pins: pins.filter(({x, y}) => x >= 0 && y >= 0 && x <= width && y <= height),
    shaded: spots.filter((s) => s.precision === "country"),
  };
}

/** @param {Spot} spot */
function says(spot) {
  return `${spot.name} (${spot.kind}): ${count(spot.events, "event")}, ${tally(spot)}`;
}

/**
 * area hatches a country of which no more is known.
 * @param {Spot} spot
 * @param {string} d
 */
function area(spot, d) {
  return link(spot.href, `${says(spot)}, somewhere in the country`, {class: `country shade-${shade(spot)}`},
    svg("path", {class: "tint", d}), svg("path", {class: `hatch ${side(spot)}`, d}));
}

/**
 * pin draws a place: full where it is a point, a dashed ring where it is wide.
 * @param {{spot: Spot, x: number, y: number, r: number}} pin
 */
function pin({spot, x, y, r}) {
  return link(spot.href, says(spot), {transform: `translate(${x.toFixed(1)},${y.toFixed(1)})`, class: `pin shade-${shade(spot)} ${spot.precision}`},
    svg("circle", {r: r.toFixed(1)}), svg("g", {transform: `scale(${Math.max(1, r / 9).toFixed(2)})`}, glyph(side(spot))));
}

/**
 * glyph says without colour what prevails: plus, minus, or both.
 * @param {string} kind
 */
function glyph(kind) {
  const d = {cooperation: "M-3 0H3M0-3V3", conflict: "M-3 0H3", mixed: "M-3-1.5H3M0-4.5V1.5M-3 4H3"}[kind];
  return svg("path", {class: "glyph", d});
}

/** hatches are the patterns of countries: rising, falling, crossed. */
function hatches() {
  /** @param {string} kind @param {string} d */
  const hatch = (kind, d) => svg("pattern", {id: `hatch-${kind}`, width: 8, height: 8, patternUnits: "userSpaceOnUse"},
    svg("path", {class: `stripe ${kind}`, d}));
  const falling = "M-2-2 10 10M-2 6 2 10M6-2 10 2", rising = "M-2 10 10-2M-2 2 2-2M6 10 10 6";
  return svg("defs", {}, hatch("cooperation", rising), hatch("conflict", falling), hatch("mixed", rising + falling));
}

/**
 * names writes the names of countries where they fit, to tell where one is.
 * @param {Country[]} countries
 * @param {any} path
 * @param {number} width
 * @param {number} height
 * @param {{x: number, y: number, r: number}[]} pins
 */
function names(countries, path, width, height, pins) {
  const group = svg("g", {class: "chart-countries", "aria-hidden": "true"});
  for (const country of countries) {
    const shape = mainland(country);
    const [[x0, y0], [x1, y1]] = path.bounds(shape);
    const [x, y] = path.centroid(shape);
    const w = textWidth(country.properties.name) * 1.05;
    const free = x > w / 2 && x < width - w / 2 && y > 8 && y < height - 8 &&
      pins.every((p) => Math.abs(p.x - x) > p.r + w / 2 || Math.abs(p.y - y) > p.r + 8);
    if (free && x1 - x0 > w + 8 && y1 - y0 > 22) group.append(svg("text", {x, y, dy: "0.35em"}, country.properties.name));
  }
  return group;
}

/**
 * key explains the map.
 * @param {Spot[]} spots
 */
function key(spots) {
  const mark = (/** @type {string} */ precision, /** @type {number} */ step, /** @type {string} */ kind) =>
    svg("g", {class: `pin shade-${step} ${precision}`}, svg("circle", {r: 7}), glyph(kind));
  const box = {x: -13, y: -7, width: 26, height: 14};
  /** @type {[SVGElement, string][]} */
  const entries = [
    [mark("point", 0, "cooperation"), "mostly cooperation"], [mark("point", 2, "mixed"), "both"], [mark("point", 4, "conflict"), "mostly conflict"],
    [mark("area", 2, "mixed"), "a province or region"],
  ];
  if (spots.some((s) => s.precision === "country")) {
    entries.push([svg("g", {class: "country shade-4"}, svg("rect", {class: "tint", ...box}), svg("rect", {class: "hatch conflict", ...box})), "somewhere in the country"]);
  }
  return legend(entries);
}
