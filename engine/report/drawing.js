// SPDX-License-Identifier: Apache-2.0
// What ECharts finds in a browser and not in a bare interpreter, and how one chart is drawn. ECMAScript 5. It is run
// before ECharts itself; `vouch` and `vouchMeasure` belong to interpreter.cpp.
var vouch = (function (global) {
  'use strict';

  // ECharts complains here about an option that it cannot draw.
  function refuse() { throw new Error(Array.prototype.join.call(arguments, ' ')); }
  function ignore() {}
  global.console = {log: ignore, info: ignore, debug: ignore, warn: refuse, error: refuse};

  // Of ES 2015; ECharts sorts numbers in these, to find how close bars stand. Without a comparison it means numbers.
  [global.Float64Array, global.Float32Array].forEach(function (array) {
    if (array.prototype.sort) return;
    array.prototype.sort = function (compare) {
      return Array.prototype.sort.call(this, compare || function (a, b) { return a - b; });
    };
  });

  // Nothing is drawn later.
  global.setTimeout = global.setInterval = global.requestAnimationFrame = function () { return 0; };
  global.clearTimeout = global.clearInterval = global.cancelAnimationFrame = ignore;

  // The same drawing must give the same text.
  Math.random = function () { return 0.5; };

  function measureText(text, font) { return {width: global.vouchMeasure(String(text), String(font))}; }

  // ECharts leaves out, without a word, what it does not know.
  function checkSeries(chart, wanted) {
    if (chart.getModel().getSeriesCount() === wanted.length) return;
    throw new Error('one of these series is unknown: ' + wanted.map(function (one) { return one.type; }).join(', '));
  }

  // An SVG whose ids all start with `prefix`.
  function draw(option, width, height, prefix) {
    global.echarts.setPlatformAPI({measureText: measureText});
    var chart = global.echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
    try {
      var parsed = JSON.parse(option);
      parsed.animation = false;
      chart.setOption(parsed);
      checkSeries(chart, [].concat(parsed.series || []));
      var painter = chart.getZr().painter;
      painter._id = prefix;
      return painter.renderToString({cssAnimation: false, cssEmphasis: false});
    } finally {
      chart.dispose();
    }
  }

  return {draw: draw};
})(this);
