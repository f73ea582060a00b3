// @ts-check
// The timeline of a relation: what A did to B above, what B did to A below, and
// under that what they did with each other, if anything, on one time axis, cooperation upwards and conflict downwards; between them every
// event as a mark, and where the course of things changed a numbered rule.

import {axisX, axisY, gridY, plot, rectY, ruleX, ruleY} from "./vendor.js";
import {count, dayText, drawing, html, legend, link, side, svg, tally} from "./draw.js";

/**
 * @typedef {import("./draw.js").Counts} Counts
 * @typedef {{number: number, day: string, from: "a"|"b", tone: number, label: string, href: string, unsettled: boolean}} Event
 * @typedef {{day: string, there: Counts, back: Counts, together: Counts}} Bar
 * @typedef {{a: string, b: string, period: string, bars: Bar[], changes: {day: string, label: string}[], events: Event[]}} Data
 * @typedef {{start: Date, end: Date, there: Counts, back: Counts, together: Counts}} Stretch
 * @typedef {"there"|"back"|"together"} Way
 * @typedef {(date: Date) => number} Scale
 */

const margin = {left: 34, right: 12};
const narrowest = 3; // pixels of a bar
const pile = 3; // marks that stand on each other before they become a number
const listed = 200; // events in an opened list

/** The periods, finest first, with about how many days they last. */
const periods = Object.entries({day: 1, week: 7, month: 30.4, quarter: 91.3, year: 365.2});
const dayLong = 86400000;

/**
 * draw fills the view with the timeline.
 * @param {HTMLElement} view
 * @param {Data} data
 */
export function draw(view, data) {
  if (data.bars.length + data.events.length === 0) {
    view.replaceChildren(html("p", {class: "chart-empty"}, `No events between ${data.a} and ${data.b} in this period.`));
    return;
  }
  const width = view.clientWidth;
  const {period, stretches} = coarsen(data, width - margin.left - margin.right);
  const domain = extent(data, stretches);
  const list = html("div", {class: "chart-list", role: "region", tabindex: -1, hidden: ""});
  /** @type {Way[]} */
  const ways = ["there", "back", "together"];
  const shown = ways.filter((way) => way !== "together" || stretches.some((s) => s.together.cooperation + s.together.conflict > 0));
  const [above, ...below] = shown.map((way) => panel(stretches, way, way === shown[shown.length - 1], {...data, period}, domain, width));
  const strip = eventStrip(data, above.scale("x").apply, width, list);
  view.replaceChildren(above, strip, ...below, list, changeList(data.changes), key(period));
}

/**
 * coarsen joins bars until they are wide enough to be seen.
 * @param {Data} data
 * @param {number} room pixels
 * @returns {{period: string, stretches: Stretch[]}}
 */
function coarsen(data, room) {
  const times = data.bars.map((bar) => Date.parse(bar.day));
  const span = (Math.max(...times) - Math.min(...times)) / dayLong;
  const from = Math.max(0, periods.findIndex(([name]) => name === data.period));
  const [period] = periods.slice(from).find(([, long]) => (span / long) * narrowest <= room) ?? periods[periods.length - 1];
  /** @type {Map<number, Stretch>} */
  const found = new Map();
  for (const bar of data.bars) {
    const start = floor(new Date(bar.day), period);
    const s = found.get(+start) ?? {start, end: after(start, period), there: none(), back: none(), together: none()};
    add(s.there, bar.there);
    add(s.back, bar.back);
    add(s.together, bar.together);
    found.set(+start, s);
  }
  return {period, stretches: [...found.values()]};
}

/** @returns {Counts} */
const none = () => ({cooperation: 0, conflict: 0});

/**
 * @param {Counts} sum
 * @param {Counts} more
 */
function add(sum, more) {
  sum.cooperation += more.cooperation;
  sum.conflict += more.conflict;
}

/**
 * floor is when the period began that a day lies in.
 * @param {Date} day
 * @param {string} period
 */
function floor(day, period) {
  const year = day.getUTCFullYear(), month = day.getUTCMonth();
  switch (period) {
    case "year": return new Date(Date.UTC(year, 0));
    case "quarter": return new Date(Date.UTC(year, month - (month % 3)));
    case "month": return new Date(Date.UTC(year, month));
    case "week": return new Date(+day - ((day.getUTCDay() + 6) % 7) * dayLong);
  }
  return day;
}

/**
 * after is when the period ends that begins on a day.
 * @param {Date} start
 * @param {string} period
 */
function after(start, period) {
  const months = {month: 1, quarter: 3, year: 12}[period];
  if (months) return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months));
  return new Date(+start + (period === "week" ? 7 : 1) * dayLong);
}

/**
 * extent is the first and the last moment that the chart shows.
 * @param {Data} data
 * @param {Stretch[]} stretches
 */
function extent(data, stretches) {
  const times = [
    ...stretches.flatMap((s) => [+s.start, +s.end]),
    ...data.events.map((e) => Date.parse(e.day)),
    ...data.changes.map((c) => Date.parse(c.day)),
  ].sort((a, b) => a - b);
  const last = times[times.length - 1];
  return [new Date(times[0]), new Date(last === times[0] ? last + dayLong : last)];
}

/**
 * panel draws the bars of one direction; the last of the panels has the axis.
 * @param {Stretch[]} stretches
 * @param {Way} way
 * @param {boolean} last
 * @param {Data} data
 * @param {Date[]} domain
 * @param {number} width
 */
function panel(stretches, way, last, data, domain, width) {
  const name = {there: `${data.a} → ${data.b}`, back: `${data.b} → ${data.a}`, together: "with each other"}[way];
  const top = way === "there" && data.changes.length > 0 ? 44 : 28;
  const foot = last ? 34 : way === "there" ? 4 : 12;
  const most = (/** @type {keyof Counts} */ tone) => Math.max(1, ...stretches.flatMap((s) => [s.there[tone], s.back[tone], s.together[tone]]));
  const days = data.changes.map((c) => new Date(c.day));
  const bars = (/** @type {keyof Counts} */ tone, /** @type {number} */ sign) => rectY(stretches, {
    x1: "start", x2: "end", y1: 0, y2: (/** @type {Stretch} */ s) => sign * s[way][tone],
    fill: `var(--${tone})`, insetLeft: 0.5, insetRight: 0.5,
    ariaLabel: (/** @type {Stretch} */ s) => `${during(s, data.period)}, ${name}: ${tally(s[way])}`,
  });
  const figure = plot({
    className: "chart-plot", width, height: 116 + top + foot,
    marginTop: top, marginBottom: foot, marginLeft: margin.left, marginRight: margin.right,
    x: {type: "utc", domain, axis: null}, y: {domain: [-most("conflict"), most("cooperation")], nice: true},
    marks: [
      gridY({ticks: 4, stroke: "var(--line)", strokeOpacity: 1}),
      axisY({ticks: 4, label: null, tickSize: 0, tickFormat: (/** @type {number} */ n) => Number.isInteger(n) ? String(Math.abs(n)) : ""}),
      bars("cooperation", 1), bars("conflict", -1),
      ruleY([0], {stroke: "var(--soft)"}),
      ruleX(days, {stroke: "var(--ink)", strokeDasharray: "1 3", insetTop: way === "there" ? -6 : -top, insetBottom: last ? 0 : -foot, ariaHidden: "true"}),
      !last ? null : axisX({label: null, ticks: Math.floor(width / 80), tickSize: 4}),
    ],
  });
  describe(figure, `${name}: ${tally(total(stretches, way))}, from ${dayText(domain[0])} to ${dayText(domain[1])}`);
  figure.append(svg("text", {class: "chart-title", x: 0, y: 13}, name));
  if (way === "there") figure.append(...changeNumbers(data.changes, figure.scale("x").apply, top - 14, width));
  return figure;
}

/**
 * describe makes a plot one picture with a name. The style sheet that Plot puts
 * into it goes, as the pages allow none; charts.css has its rules.
 * @param {SVGElement} figure
 * @param {string} name
 */
function describe(figure, name) {
  figure.querySelector("style")?.remove();
  for (const mark of figure.querySelectorAll("[aria-label]")) {
    if (mark.localName === "rect") mark.setAttribute("data-tip", mark.getAttribute("aria-label") ?? "");
    mark.removeAttribute("aria-label");
  }
  figure.setAttribute("role", "img");
  figure.setAttribute("aria-label", name);
}

/**
 * @param {Stretch[]} stretches
 * @param {Way} way
 */
function total(stretches, way) {
  const sum = none();
  for (const s of stretches) add(sum, s[way]);
  return sum;
}

/**
 * during says when a bar is.
 * @param {Stretch} s
 * @param {string} period
 */
function during(s, period) {
  return period === "day" ? dayText(s.start) : `${dayText(s.start)} – ${dayText(new Date(+s.end - dayLong))}`;
}

/**
 * changeNumbers draws the numbers on the rules of the changes, moved to the
 * right where they would cover each other.
 * @param {Data["changes"]} changes
 * @param {Scale} x
 * @param {number} y
 * @param {number} width
 */
function changeNumbers(changes, x, y, width) {
  let free = 0;
  return changes.map((change, i) => {
    const at = Math.min(Math.max(x(new Date(change.day)), free), width - 8);
    free = at + 17;
    return svg("g", {class: "chart-change", transform: `translate(${at},${y})`, "data-tip": `${dayText(new Date(change.day))}: ${change.label}`},
      svg("circle", {r: 8}), svg("text", {dy: "0.35em"}, String(i + 1)));
  });
}

/**
 * changeList says what the numbers mean.
 * @param {Data["changes"]} changes
 */
function changeList(changes) {
  if (changes.length === 0) return "";
  return html("ol", {class: "chart-changes"}, ...changes.map((c) => html("li", {},
    html("time", {datetime: c.day}, dayText(new Date(c.day))), `: ${c.label}`)));
}

/**
 * eventStrip draws the events: those of A above the line, those of B below it.
 * Those that would cover each other are piled up, and more than a few become
 * one mark with their number, which opens their list.
 * @param {Data} data
 * @param {Scale} x
 * @param {number} width
 * @param {HTMLElement} list
 */
function eventStrip(data, x, width, list) {
  const events = [...data.events].sort((a, b) => Date.parse(a.day) - Date.parse(b.day));
  const room = width - margin.left - margin.right;
  const column = room / Math.floor(room / columnWidth(events, x)); // so that the last one ends with the axis
  const lanes = ["a", "b"].map((from) => columns(events.filter((e) => e.from === from), x, column, room));
  const [up, down] = lanes.map((lane) => 16 * Math.max(1, ...lane.map(([, events]) => events.length > pile ? 1 : events.length)));
  const middle = up + 5;
  const strip = drawing(width, middle + down + 5, `${count(data.events.length, "event")} between ${data.a} and ${data.b}`,
    ...data.changes.map((c) => svg("line", {class: "chart-rule", x1: x(new Date(c.day)), x2: x(new Date(c.day)), y1: 0, y2: middle + down + 5})),
    svg("line", {class: "chart-axis", x1: margin.left, x2: width - margin.right, y1: middle, y2: middle}));
  lanes.forEach((lane, i) => {
    for (const [at, events] of lane) {
      if (events.length > pile) {
        strip.append(bunch(events, at, middle + (i === 0 ? -10 : 10), list));
        continue;
      }
      events.forEach((event, height) => strip.append(single(event, at, middle + (i === 0 ? -1 : 1) * (10 + 16 * height))));
    }
  });
  strip.setAttribute("class", "chart-strip");
  return strip;
}

/**
 * columnWidth is how far marks must stand apart: the more events come together,
 * the longer their number.
 * @param {Event[]} events
 * @param {Scale} x
 */
function columnWidth(events, x) {
  const densest = Math.max(0, ...columns(events, x, 16, Infinity).map(([, together]) => together.length));
  return densest < 10 ? 16 : 9 + 7 * String(densest).length;
}

/**
 * columns puts events side by side, each with where its column is.
 * @param {Event[]} events
 * @param {Scale} x
 * @param {number} wide
 * @param {number} room
 * @returns {[number, Event[]][]}
 */
function columns(events, x, wide, room) {
  /** @type {Map<number, Event[]>} */
  const found = new Map();
  for (const event of events) {
    const at = Math.floor(Math.min(x(new Date(event.day)) - margin.left, room - 1) / wide);
    const together = found.get(at);
    if (together) together.push(event);
    else found.set(at, [event]);
  }
  return [...found].sort(([a], [b]) => a - b).map(([at, together]) => [margin.left + (at + 0.5) * wide, together]);
}

/**
 * single draws one event.
 * @param {Event} event
 * @param {number} x
 * @param {number} y
 */
function single(event, x, y) {
  const label = `${dayText(new Date(event.day))}: ${event.label}${event.unsettled ? " (unsettled)" : ""}`;
  return link(event.href, label, {transform: `translate(${x},${y})`}, sign(event.tone, event.unsettled));
}

/**
 * sign is the mark of an event: a circle for words, a square for deeds, a
 * diamond for neither; filled for conflict; dashed where it is unsettled.
 * @param {number} tone
 * @param {boolean} unsettled
 */
function sign(tone, unsettled) {
  const shape = [svg("path", {d: "M0-6 6 0 0 6-6 0Z"}), svg("circle", {r: 5.2}), svg("rect", {x: -5, y: -5, width: 10, height: 10})][Math.abs(tone)];
  const kind = tone === 0 ? "mixed" : tone < 0 ? "conflict" : "cooperation";
  shape.setAttribute("class", `sign ${kind}${unsettled ? " unsettled" : ""}`);
  return shape;
}

/**
 * bunch draws events that come together as their number.
 * @param {Event[]} events
 * @param {number} x
 * @param {number} y
 * @param {HTMLElement} list
 */
function bunch(events, x, y, list) {
  const counts = {cooperation: events.filter((e) => e.tone > 0).length, conflict: events.filter((e) => e.tone < 0).length};
  const days = [...new Set([events[0], events[events.length - 1]].map((e) => dayText(new Date(e.day))))].join(" – ");
  const title = `${count(events.length, "event")}, ${days}: ${tally(counts)}`;
  const mark = link("#", `${title}; opens their list`, {transform: `translate(${x},${y})`, "data-tip": title},
    pill(String(events.length), side(counts)));
  mark.addEventListener("click", (click) => {
    click.preventDefault();
    open(list, title, events, mark);
  });
  return mark;
}

/**
 * pill is a number in a frame, filled where conflict prevails.
 * @param {string} text
 * @param {string} kind
 */
function pill(text, kind) {
  const wide = 8 + 6 * text.length;
  return svg("g", {class: `pill ${kind}`},
    svg("rect", {x: -wide / 2, y: -7, width: wide, height: 14, rx: 7}),
    svg("text", {dy: "0.35em"}, text));
}

/**
 * open shows events as a list, and takes the keyboard there and back.
 * @param {HTMLElement} list
 * @param {string} title
 * @param {Event[]} events
 * @param {SVGElement} opener
 */
function open(list, title, events, opener) {
  const close = html("button", {type: "button"}, "Close");
  close.addEventListener("click", () => {
    list.hidden = true;
    opener.focus();
  });
  const rest = events.length - listed;
  list.replaceChildren(html("p", {}, html("strong", {}, title), " ", close),
    html("ul", {}, ...events.slice(0, listed).map((e) => html("li", {},
      html("time", {datetime: e.day}, dayText(new Date(e.day))), " ", html("a", {href: e.href}, e.label), e.unsettled ? " (unsettled)" : ""))));
  if (rest > 0) list.append(html("p", {}, `and ${count(rest, "more event")}: choose a shorter period to see them.`));
  list.setAttribute("aria-label", title);
  list.hidden = false;
  list.focus();
}

/**
 * key explains the chart.
 * @param {string} period
 */
function key(period) {
  const bar = (/** @type {string} */ tone, /** @type {number} */ y) => svg("g", {},
    svg("rect", {x: -4, y, width: 8, height: 7, fill: `var(--${tone})`}), svg("line", {class: "chart-axis", x1: -10, x2: 10, y1: 0, y2: 0}));
  return legend([
    [bar("cooperation", -7), `cooperation, events a ${period}`],
    [bar("conflict", 0), `conflict, events a ${period}`],
    [sign(2, false), "cooperation in deeds"], [sign(1, false), "cooperation in words"],
    [sign(-2, false), "conflict in deeds"], [sign(-1, false), "conflict in words"],
    [sign(0, false), "neither"],
    [svg("g", {}, svg("g", {transform: "translate(-7,0)"}, sign(-2, true)), svg("g", {transform: "translate(7,0)"}, sign(1, true))), "unsettled"],
    [pill("12", "mixed"), "events together"],
  ]);
}
