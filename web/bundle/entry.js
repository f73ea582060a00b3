// What the charts use of other people's packages; everything else is left out.
export {axisX, axisY, gridY, plot, rectY, ruleX, ruleY} from "@observablehq/plot";
export {forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY} from "d3-force";
export {geoAzimuthalEqualArea, geoBounds, geoDistance, geoEqualEarth, geoPath} from "d3-geo";
export {feature} from "topojson-client";
