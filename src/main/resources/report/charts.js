'use strict';
// Charts in the page's colours, drawn again when the theme or the width changes.

const charts = [];
const encode = text => echarts.format.encodeHTML(String(text));

function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = name => style.getPropertyValue('--' + name).trim();
  return {
    text: value('text'), soft: value('soft'), line: value('line'), grid: value('grid'), card: value('card'),
    accent: value('accent'), good: value('good'), bad: value('bad'),
    series: [1, 2, 3, 4, 5].map(i => value('s' + i)),
    groups: [0, 1, 2, 3, 4, 5, 6].map(i => value('g' + i)),
    ramp: [0, 1, 2, 3, 4].map(i => value('m' + i)),
  };
}

/**
 * A figure with a chart. option(colours, width, height) gives ECharts' option; summary says in words what is to be seen; rows()
 * gives the figures for the CSV, the first row their names; key(colours) what colours mean, as [colour, name], for the PNG; height is the least one, a chart next to something higher grows.
 */
function chart(caption, small, summary, option, {rows, key = () => [], height, renderer = 'svg', ready = null}) {
  const box = el('div', {class: 'chart', role: 'img', 'aria-label': summary, style: height && `min-height:${height}`});
  const one = {
    box,
    key,
    instance: null,
    option() {
      const c = colours();
      const common = {
        animation: false,
        textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: c.text},
        grid: {left: 8, right: 22, top: 34, bottom: 8, containLabel: true},
      };
      return Object.assign(common, option(c, box.clientWidth, box.clientHeight));
    },
    draw() {
      one.instance.setOption(one.option(), {notMerge: true});
    },
    start() {
      one.instance = echarts.init(box, null, {renderer});
      one.draw();
      let [width, height] = [box.clientWidth, box.clientHeight];
      new ResizeObserver(() => {
        if (box.clientWidth !== width || box.clientHeight !== height) {
          [width, height] = [box.clientWidth, box.clientHeight];
          one.instance.resize();
          one.draw();
        }
      }).observe(box);
      if (ready) {
        ready(one);
      }
    },
  };
  charts.push(one);
  return el('figure', {}, el('figcaption', {}, el('span', {}, caption, small ? el('small', {}, small) : null), exports(one, caption, rows)), box);
}

function startCharts() {
  charts.forEach(one => one.start());
  theme.listeners.push(() => charts.forEach(one => one.draw()));
}

function axis(c, more = {}) {
  return Object.assign({
    axisLabel: {color: c.soft, hideOverlap: true},
    axisLine: {lineStyle: {color: c.line}},
    axisTick: {show: false},
    splitLine: {lineStyle: {color: c.grid}},
    nameTextStyle: {color: c.soft},
  }, more);
}

/** Labels of an axis that ends at a number: as many decimals in each. */
function ticks(c, most) {
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10((most > 0 ? most : 1) / 5 / .7))));
  return {color: c.soft, hideOverlap: true, formatter: v => v.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits})};
}

/** Numbers along the bottom, with the name centred below them. */
function xAxis(c, name, more = {}) {
  return axis(c, Object.assign({type: 'value', name, nameLocation: 'middle', nameGap: 28, splitLine: {show: false}}, more));
}

function yAxis(c, name, more = {}) {
  return axis(c, Object.assign({type: 'value', name, nameLocation: 'end', nameTextStyle: {color: c.soft, align: 'left', padding: [0, 0, 0, -30]}}, more));
}

function legend(c, more = {}) {
  return Object.assign({top: 0, left: 0, itemGap: 16, itemWidth: 18, itemHeight: 10, textStyle: {color: c.text}, inactiveColor: c.line, type: 'plain'}, more);
}

function tip(c, more = {}) {
  return Object.assign({
    backgroundColor: c.card, borderColor: c.line, textStyle: {color: c.text, fontSize: 13}, confine: true,
    extraCssText: 'max-width:20rem;white-space:normal',
  }, more);
}

/** Room for the name below the numbers. */
const named = (more = {}) => Object.assign({left: 8, right: 22, top: 40, bottom: 26, containLabel: true}, more);
