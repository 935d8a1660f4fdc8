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
    ramp: [0, 1, 2, 3, 4].map(i => value('m' + i)),
  };
}

/**
 * A figure with a chart. option(colours, width, height) gives ECharts' option; summary says in words what is to be seen; content,
 * such as a folded table with the same figures, comes below.
 */
function chart(caption, small, summary, option, {height, renderer = 'svg', content = null, ready = null} = {}) {
  const box = el('div', {class: 'chart', role: 'img', 'aria-label': summary, style: height && `height:${height}`});
  const one = {
    box,
    instance: null,
    draw() {
      const c = colours();
      const common = {
        animation: false,
        textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: c.text},
        grid: {left: 8, right: 22, top: 34, bottom: 8, containLabel: true},
      };
      one.instance.setOption(Object.assign(common, option(c, box.clientWidth, box.clientHeight)), {notMerge: true});
    },
    start() {
      one.instance = echarts.init(box, null, {renderer});
      one.draw();
      let width = box.clientWidth;
      new ResizeObserver(() => {
        if (box.clientWidth !== width) {
          width = box.clientWidth;
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
  return el('figure', {}, el('figcaption', {}, caption, small ? el('small', {}, small) : null), box, content);
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
