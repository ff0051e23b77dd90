/* Bars, stacked bars and lines against target lines, from the JSON beside each [data-chart]. Without echarts the table
   stays open. A series is told apart by its pattern, its mark or its stroke, never by colour alone. */
(function () {
  "use strict";
  var FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC Variable", sans-serif';
  var COLOURS = ["#0b4f97", "#b9770b", "#2b8a4b", "#6b4fa0", "#46525f"];
  var MARKS = ["circle", "rect", "triangle", "diamond", "pin"], STROKES = ["solid", "dashed", "dotted"];
  var INK = "#1b2733", SOFT = "#46525f", LINE = "#d3dae3", TARGET = "#a61f22";
  var SIZE = parseFloat(window.getComputedStyle(document.documentElement).fontSize) / 16;

  function targets(data) {
    return (data.targets || []).map(function (target) {
      return { yAxis: target.value, name: target.name, label: { formatter: target.name + " " + target.value, position: "insideEndTop", color: TARGET, fontFamily: FONT, fontSize: 13 * SIZE } };
    });
  }

  function shape(data, one, at) {
    if (data.kind === "line") {
      return { type: "line", name: one.name, data: one.values, connectNulls: false, symbol: MARKS[at % MARKS.length], symbolSize: 9 * SIZE, lineStyle: { width: 2.5, type: STROKES[at % STROKES.length] } };
    }
    var bar = { type: "bar", name: one.name, data: one.values, barMaxWidth: 44 };
    if (data.kind === "stacked") { bar.stack = "all"; }
    return bar;
  }

  function series(data) {
    var lines = targets(data);
    return data.series.map(function (one, at) {
      var drawn = shape(data, one, at);
      if (at === 0 && lines.length) {
        drawn.markLine = { symbol: "none", silent: true, lineStyle: { color: TARGET, type: "dashed", width: 2 }, data: lines };
      }
      return drawn;
    });
  }

  function top(data) {
    var highest = Math.max.apply(null, (data.targets || []).map(function (target) { return target.value; }).concat(0));
    return function (range) { return highest > range.max ? Math.ceil(highest * 110) / 100 : null; };
  }

  function option(data) {
    var many = data.series.length > 1;
    return {
      animation: false,
      color: COLOURS,
      textStyle: { fontFamily: FONT, color: INK, fontSize: 14 * SIZE },
      aria: { enabled: true, label: { description: data.title }, decal: { show: many && data.kind !== "line" } },
      tooltip: { trigger: "axis", confine: true },
      legend: { show: many, top: 0, textStyle: { color: INK, fontSize: 13 * SIZE } },
      grid: { left: 8, right: 24, top: many ? 60 : 36, bottom: 8, containLabel: true },
      xAxis: { type: "category", data: data.categories, axisLabel: { color: SOFT, fontSize: 12 * SIZE, hideOverlap: true, interval: data.categories.length > 12 ? "auto" : 0, rotate: data.categories.length > 6 ? 30 : 0 }, axisLine: { lineStyle: { color: SOFT } }, axisTick: { show: false } },
      yAxis: { type: "value", name: data.unit ? "单位：" + data.unit : "", nameTextStyle: { color: SOFT, align: "left" }, minInterval: data.kind === "stacked" ? 1 : 0, max: top(data), axisLabel: { color: SOFT, fontSize: 12 * SIZE, formatter: function (value) { return String(Math.round(value * 100) / 100); } }, splitLine: { lineStyle: { color: LINE } } },
      series: series(data)
    };
  }

  function draw(box) {
    var data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    box.style.display = "block";
    var chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(option(data));
    var more = box.parentNode.querySelector("details.more");
    if (more) { more.open = false; }
    window.addEventListener("resize", function () { chart.resize(); });
  }

  function start() {
    if (!window.echarts) { return; }
    Array.prototype.forEach.call(document.querySelectorAll("[data-chart]"), draw);
  }

  var words = document.body.textContent.slice(0, 4000);
  if (document.fonts && document.fonts.load) {
    document.fonts.load('14px "Noto Sans SC Variable"', words).then(start, start);
  } else {
    start();
  }
})();
