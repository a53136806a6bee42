// SPDX-License-Identifier: Apache-2.0
// Puts a live chart in place of each picture of the page: values under the pointer, and strategies that can be hidden.
// Without scripts the pictures stay. Runs behind ECharts, at the end of the page.
(function () {
  'use strict';

  var page = JSON.parse(document.getElementById('live-charts').textContent);
  var phone = matchMedia('(max-width: 38rem)');
  var hidden = Object.create(null);  // sentinel colours of the strategies that are not shown
  var charts = [];

  // The option with colours of the page's style sheet in place of sentinels.
  function paint(part) {
    if (typeof part === 'string' && Object.prototype.hasOwnProperty.call(page.colours, part))
      return getComputedStyle(document.documentElement).getPropertyValue(page.colours[part]).trim();
    if (!part || typeof part !== 'object') return part;
    if (Array.isArray(part)) return part.map(paint);
    var painted = {};
    Object.keys(part).forEach(function (key) { painted[key] = paint(part[key]); });
    return painted;
  }

  function isShown(part) {
    return ['itemStyle', 'areaStyle', 'lineStyle'].every(function (kind) {
      return !(part && part[kind] && hidden[part[kind].color]);
    });
  }

  // Without what is of hidden strategies.
  function filter(option) {
    option.series = option.series.filter(isShown);
    option.series.forEach(function (series) {
      series.data = series.data.filter(isShown);
      if (series.markLine)
        series.markLine.data = series.markLine.data.filter(function (ends) { return isShown(ends[0]); });
    });
    if (option.legend) {
      var names = option.series.map(function (series) { return series.name; });
      option.legend.selectedMode = false;
      option.legend.data = option.legend.data.filter(function (item) { return names.indexOf(item.name) >= 0; });
    }
    return option;
  }

  function format(value, axis) {
    if (typeof value !== 'number') return '';
    var digits = {maximumSignificantDigits: Math.abs(value) >= 1000 ? 6 : 3};
    return value.toLocaleString('en', digits) + axis.suffix;
  }

  // Where it is, as text: a category's name, or the value and what it is.
  function locate(value, axis) {
    if (axis.categories.length) return axis.categories[Math.round(value)] || '';
    return format(value, axis) + (axis.title ? ' ' + axis.title : '');
  }

  // Text in lines; names stay text whatever they hold.
  function makeLines(lines) {
    var box = document.createElement('div');
    lines.forEach(function (line) { box.appendChild(document.createElement('div')).textContent = line; });
    return box;
  }

  function describe(chart, option, points) {
    var seen = Object.create(null);  // by names, of which one may be "constructor"
    var lines = [];
    [].concat(points).forEach(function (point) {
      var series = option.series[point.seriesIndex];
      var panel = chart.panels[parseInt(String(series.xAxisId).replace(/\D/g, ''), 10)];
      if (!panel || point.seriesName.charAt(0) === ' ' || seen[point.seriesName]) return;
      var isRow = panel.y.categories.length > 0;
      var value = point.value;
      seen[point.seriesName] = true;
      if (!lines.length) lines.push(isRow ? locate(value[1], panel.y) : locate(value[0], panel.x));
      var what = series.type === 'heatmap' ? locate(value[0], panel.x) : format(value[isRow ? 0 : 1], isRow ? panel.x : panel.y);
      lines.push((point.seriesName ? point.seriesName + ': ' : '') + what);
    });
    return makeLines(lines);
  }

  function draw(chart) {
    var drawing = chart.data[phone.matches ? 'narrow' : 'wide'];
    var option = filter(JSON.parse(JSON.stringify(drawing.option)));
    var hasLines = option.series.some(function (series) { return series.type === 'line' && !series.silent; });
    option.tooltip = {
      trigger: hasLines ? 'axis' : 'item',
      confine: true,
      transitionDuration: 0,
      formatter: function (points) { return describe(chart.data, option, points); }
    };
    var scale = chart.box.clientWidth / drawing.width;
    if (chart.live) chart.live.dispose();
    chart.box.textContent = '';
    chart.box.style.height = drawing.height * scale + 'px';
    var inside = chart.box.appendChild(document.createElement('div'));
    inside.style.cssText = 'transform-origin: 0 0; transform: scale(' + scale + '); width: ' + drawing.width +
                           'px; height: ' + drawing.height + 'px';
    chart.live = echarts.init(inside, null, {renderer: 'svg', width: drawing.width, height: drawing.height});
    chart.live.setOption(paint(option));
  }

  function drawAll() { charts.forEach(draw); }

  function addChart(data) {
    var figure = document.getElementById(data.id).querySelector('figure');
    var picture = figure.querySelector('svg');
    var box = document.createElement('div');
    box.className = 'live';
    box.setAttribute('role', 'img');
    box.setAttribute('aria-label', Array.prototype.map.call(picture.querySelectorAll('title, desc'), function (part) {
      return part.textContent;
    }).join(' '));
    figure.insertBefore(box, figure.firstChild);
    figure.classList.add('has-live');
    charts.push({data: data, box: box});
  }

  // A box to tick in front of each strategy of the list at the top, where each has a colour of its own.
  function addSwitch(item) {
    var sentinel = page.strategies[item.dataset.strategy];
    var box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = true;
    box.setAttribute('aria-label', 'Show ' + item.querySelector('b').textContent);
    box.addEventListener('change', function () {
      hidden[sentinel] = !box.checked;
      drawAll();
    });
    item.insertBefore(box, item.firstChild);
  }

  page.charts.forEach(addChart);
  document.querySelectorAll('.legend li').forEach(function (item) { if (page.strategies.length) addSwitch(item); });
  drawAll();

  var width = document.body.clientWidth;
  addEventListener('resize', function () {
    if (document.body.clientWidth === width) return;
    width = document.body.clientWidth;
    drawAll();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
