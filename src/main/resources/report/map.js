'use strict';
// The map of the items: hover for the title, click or search to see an item's nearest by its vector.

function itemMap() {
  const m = data.map;
  if (!m || m.id.length === 0) {
    return;
  }
  const panel = el('div', {class: 'item', 'aria-live': 'polite'});
  let chosen = -1;
  let drawn = null;
  const choose = i => {
    chosen = i;
    input.value = i < 0 ? '' : titleOf(m.id[i]);
    panel.replaceChildren(...(i < 0 ? hint() : itemView(m, i, choose)));
    drawn.draw();
  };
  const input = el('input', {id: 'item-search', type: 'search', role: 'combobox', autocomplete: 'off', 'aria-expanded': 'false', 'aria-controls': 'item-hits', 'aria-autocomplete': 'list',
    placeholder: 'Title or id'});
  const hits = el('ul', {id: 'item-hits', class: 'hits', role: 'listbox', 'aria-label': 'Items found', hidden: true});
  searchable(input, hits, m, choose);
  const figure = chart('', null, `${m.id.length} items as points of a plane; search below or above for an item to read its neighbours`, (c, width, height) => mapOption(c, width, height, m, chosen),
    {renderer: 'canvas', ready: one => {
      drawn = one;
      one.instance.on('click', p => isNumber(p.data.at) && choose(p.data.at));
      one.instance.getZr().on('dblclick', () => one.draw());
    }});
  figure.querySelector('figcaption').remove();
  panel.append(...hint());
  section('map', 'Map of the items', `${whole(m.id.length)}${m.id.length < m.items ? ` of ${whole(m.items)} items, the most popular ones` : ' items'}: their vectors, brought to length 1, along the two directions in which they differ most. `
    + `These hold ${percent(m.variance[0] + m.variance[1], 0)} of the differences, so who is near on the map need not be near in the vectors; the list of an item’s nearest is by the whole vectors.`,
    el('div', {class: 'controls'}, el('div', {class: 'search'}, labelled('item-search', 'Find an item', input), hits)),
    el('div', {class: 'atlas'}, el('div', {}, figure, el('p', {class: 'ramp'}, 'fewer ratings', ...[0, 1, 2, 3, 4].map(i => el('i', {style: `background:var(--m${i})`})), 'more ratings'),
      el('p', {class: 'soft small'}, 'Larger points are in more lists. Scroll or pinch to zoom, double-click to go back.')), panel));
}

function hint() {
  return [el('h3', {}, 'No item chosen'), el('p', {class: 'soft'}, 'Click a point or find an item by its title to see its nearest neighbours.')];
}

function itemView(m, i, choose) {
  return [
    el('h3', {}, titleOf(m.id[i])),
    el('p', {class: 'soft small'}, `id ${m.id[i]} · ${whole(m.rows[i])} ratings in the train part · in ${whole(m.places[i])} users’ first ten`),
    el('p', {class: 'small'}, 'Nearest by cosine, the nearest first'),
    el('ol', {}, m.nearest[i].map(n => el('li', {}, el('button', {type: 'button', onclick: () => { choose(n); document.querySelector('.item ol button')?.focus(); }}, titleOf(m.id[n]))))),
    el('button', {type: 'button', onclick: () => choose(-1)}, 'Show all'),
  ];
}

function searchable(input, hits, m, choose) {
  const searched = m.id.map(id => `${titleOf(id)} ${id}`.toLocaleLowerCase());
  let found = [];
  let active = -1;
  const mark = i => {
    active = i;
    [...hits.children].forEach((li, at) => li.setAttribute('aria-selected', String(at === i)));
    if (i >= 0) {
      input.setAttribute('aria-activedescendant', hits.children[i].id);
      hits.children[i].scrollIntoView({block: 'nearest'});
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  };
  const close = () => {
    hits.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const take = i => {
    close();
    choose(found[i]);
  };
  const look = () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    found = words.length === 0 ? [] : searched.flatMap((text, i) => words.every(w => text.includes(w)) ? [i] : []).slice(0, 30);
    hits.replaceChildren(...found.map((item, i) => el('li', {id: `hit-${i}`, role: 'option', 'aria-selected': 'false', onmousedown: e => { e.preventDefault(); take(i); }}, titleOf(m.id[item]))));
    if (words.length > 0 && found.length === 0) {
      hits.append(el('li', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, 'nothing found'));
    }
    hits.hidden = words.length === 0;
    input.setAttribute('aria-expanded', String(words.length > 0));
    active = -1;
  };
  input.addEventListener('input', look);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (hits.hidden) {
        look();
      }
      if (found.length > 0) {
        mark((active + (event.key === 'ArrowDown' ? 1 : found.length - (active < 0 ? 0 : 1))) % found.length);
      }
    } else if (event.key === 'Enter' && found.length > 0 && !hits.hidden) {
      take(Math.max(0, active));
    } else if (event.key === 'Escape') {
      close();
    }
  });
}

function mapOption(c, width, height, m, chosen) {
  const most = Math.max(...m.rows);
  const least = Math.min(...m.rows);
  const shade = rows => Math.min(4, Math.floor(5 * Math.log(rows / least || 1) / Math.log(most / least || 2)));
  const listed = Math.max(1, ...m.places);
  const near = chosen < 0 ? new Set() : new Set(m.nearest[chosen]);
  const small = width < 500 ? .75 : 1;
  const xs = [Math.min(...m.x), Math.max(...m.x)];
  const ys = [Math.min(...m.y), Math.max(...m.y)];
  const pad = axis => .04 * (axis[1] - axis[0] || 1);
  const point = i => {
    const picked = i === chosen || near.has(i);
    return {
      at: i, value: [m.x[i], m.y[i]], symbolSize: small * (i === chosen ? 16 : near.has(i) ? 11 : 4 + 9 * Math.sqrt(m.places[i] / listed)),
      itemStyle: {color: i === chosen ? c.bad : near.has(i) ? c.series[1] : c.ramp[shade(m.rows[i])], opacity: chosen < 0 ? .85 : picked ? 1 : .22, borderColor: c.card, borderWidth: picked ? 1.5 : .4},
    };
  };
  const order = m.id.map((_, i) => i);
  const front = chosen < 0 ? [] : [chosen, ...m.nearest[chosen]];
  const right = i => m.x[i] < xs[0] + .7 * (xs[1] - xs[0]);
  const labelled = apart(front, i => {
    const x = (m.x[i] - xs[0] + pad(xs)) / (xs[1] - xs[0] + 2 * pad(xs)) * width;
    const y = (m.y[i] - ys[0] + pad(ys)) / (ys[1] - ys[0] + 2 * pad(ys)) * height;
    const wide = 14 + 7 * shortened(titleOf(m.id[i])).length;
    return {from: right(i) ? x : x - wide, to: right(i) ? x + wide : x, y};
  });
  const line = {axisLabel: {show: false}, axisTick: {show: false}, axisLine: {show: false}, splitLine: {lineStyle: {color: c.grid}}, splitNumber: 4};
  return {
    tooltip: tip(c, {trigger: 'item', formatter: p => `<b>${encode(titleOf(m.id[p.data.at]))}</b><br>${whole(m.rows[p.data.at])} ratings · in ${whole(m.places[p.data.at])} users’ first ten`}),
    grid: {left: 2, right: 2, top: 2, bottom: 2},
    xAxis: Object.assign({type: 'value', min: xs[0] - pad(xs), max: xs[1] + pad(xs)}, line),
    yAxis: Object.assign({type: 'value', min: ys[0] - pad(ys), max: ys[1] + pad(ys)}, line),
    dataZoom: [{type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: true}, {type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: true}],
    series: [
      {type: 'scatter', data: order.filter(i => i !== chosen && !near.has(i)).map(point)},
      {type: 'scatter', z: 5, data: front.map(i => Object.assign(point(i), {label: {show: labelled.has(i), position: right(i) ? 'right' : 'left', fontWeight: i === chosen ? 650 : 400}})), label: {color: c.text, fontSize: 12, formatter: p => shortened(titleOf(m.id[p.data.at])), textBorderColor: c.card, textBorderWidth: 3}},
    ],
  };
}

/** The items whose labels do not lie on those of earlier ones; place gives a label's ends and height in pixels. */
function apart(items, place) {
  const taken = [];
  return new Set(items.filter(i => {
    const label = place(i);
    const free = taken.every(t => Math.abs(t.y - label.y) > 15 || t.to < label.from || t.from > label.to);
    if (free) {
      taken.push(label);
    }
    return free;
  }));
}

const shortened = title => title.length > 26 ? title.slice(0, 25) + '…' : title;
