'use strict';
// The map of the items: the popular ones bear their names; hover for the title, click or search to see an item's nearest by its
// vector. Colours are groups of the titles file, clusters or numbers of ratings.

const WHOLE = [[0, 100], [0, 100]];

function itemMap() {
  const m = data.map;
  if (!m || m.id.length === 0) {
    return;
  }
  const view = {chosen: -1, group: -1, zoom: WHOLE, colouring: (m.group ? byGroup : byCluster)(m)};
  const panel = el('div', {class: 'item', 'aria-live': 'polite'});
  const key = el('div', {});
  let drawn = null;
  const choose = i => {
    view.chosen = i;
    input.value = i < 0 ? '' : titleOf(m.id[i]);
    panel.replaceChildren(...(i < 0 ? hint() : itemView(m, i, choose)));
    drawn.draw();
  };
  const zoomTo = zoom => drawn.instance.dispatchAction({type: 'dataZoom', batch: zoom.map(([start, end], i) => ({dataZoomIndex: i, start, end}))});
  const input = el('input', {id: 'item-search', type: 'search', role: 'combobox', autocomplete: 'off', 'aria-expanded': 'false', 'aria-controls': 'item-hits', 'aria-autocomplete': 'list',
    placeholder: 'Title or id'});
  const hits = el('ul', {id: 'item-hits', class: 'hits', role: 'listbox', 'aria-label': 'Items found', hidden: true});
  searchable(input, hits, m, choose);
  const figure = chart('Items by their vectors', 'Larger points are in more lists; the popular ones bear their names.', `${m.id.length} items as points of a plane; search above for an item to read its neighbours`,
    (c, width, height) => mapOption(c, width, height, m, view),
    {renderer: 'canvas', rows: () => mapRows(m), key: c => view.colouring.ramp ? c.ramp.map((colour, i) => [colour, ['fewer ratings', '', '', '', 'more ratings'][i]])
      : view.colouring.names.map((name, g) => [groupColour(c, view.colouring, g), name]), ready: one => {
      drawn = one;
      one.instance.on('click', p => isNumber(p.data.at) && choose(p.data.at));
      one.instance.on('datazoom', () => {
        view.zoom = one.instance.getOption().dataZoom.map(z => [z.start, z.end]);
        one.instance.setOption({series: [{id: 'names', data: nameData(colours(), one.box.clientWidth, one.box.clientHeight, m, view)}]});
      });
      one.instance.getZr().on('dblclick', () => zoomTo(WHOLE));
    }});
  const recolour = colouring => {
    Object.assign(view, {colouring, group: -1});
    key.replaceChildren(...groupKey(m, view, () => drawn.draw()));
    if (drawn) {
      drawn.draw();
    }
  };
  panel.append(...hint());
  recolour(view.colouring);
  const ways = [...(m.group ? [{name: 'group', value: 'byGroup'}] : []), {name: 'cluster', value: 'byCluster'}, {name: 'number of ratings', value: 'byRatings'}];
  section('map', 'Map of the items', `${whole(m.id.length)}${m.id.length < m.items ? ` of ${whole(m.items)} items, the most popular ones` : ' items'}: their vectors, brought to length 1, along the two directions in which they differ most. `
    + `These hold ${percent(m.variance[0] + m.variance[1], 0)} of the differences: ${percent(m.kept)} of an item’s ${m.nearest[0].length} nearest by the whole vectors are among its ${m.nearest[0].length} nearest on the map (by chance ${percent(m.nearest[0].length / Math.max(1, m.id.length - 1))}). `
    + 'The list of an item’s nearest is by the whole vectors.',
    el('div', {class: 'controls'}, el('div', {class: 'search'}, labelled('item-search', 'Find an item', input), hits),
      choice('map-colour', 'Colour by', ways, ways[0].value, way => recolour({byGroup, byCluster, byRatings}[way](m))),
      el('div', {class: 'zoom', role: 'group', 'aria-label': 'Zoom of the map'},
        ...[['+', 'Zoom in', z => zoomed(z, .6)], ['−', 'Zoom out', z => zoomed(z, 1 / .6)], ['Whole map', null, () => WHOLE]].map(([text, name, next]) =>
          el('button', {type: 'button', 'aria-label': name, onclick: () => zoomTo(next(view.zoom))}, text)))),
    el('div', {class: 'atlas'}, el('div', {}, figure, key, el('p', {class: 'soft small'}, 'Scroll or pinch to zoom, drag to move, double-click to go back.')), panel));
}

/** The same middle, so much of the width; never over the edge. */
function zoomed(zoom, factor) {
  return zoom.map(([start, end]) => {
    const span = Math.min(100, Math.max(2, factor * (end - start)));
    const from = Math.min(100 - span, Math.max(0, (start + end - span) / 2));
    return [from, from + span];
  });
}

/** The seven groups with the most items, and the rest; of: each item's, -1 for none. */
function byGroup(m) {
  const counts = new Map();
  m.group.filter(name => name !== '').forEach(name => counts.set(name, (counts.get(name) || 0) + 1));
  const order = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = order.slice(0, 7);
  return {names: shown.concat(order.length > 7 ? ['other'] : []), of: m.group.map(name => name === '' ? -1 : shown.includes(name) ? shown.indexOf(name) : 7)};
}

/** Clusters are called by their most popular item. */
function byCluster(m) {
  const clusters = [...new Set(m.cluster)];
  return {names: clusters.map(c => `around ${shortened(titleOf(m.id[m.cluster.indexOf(c)]))}`), of: m.cluster.map(c => clusters.indexOf(c))};
}

function byRatings(m) {
  const most = Math.max(...m.rows);
  const least = Math.min(...m.rows);
  return {ramp: true, names: [], of: m.rows.map(rows => Math.min(4, Math.floor(5 * Math.log(rows / least || 1) / Math.log(most / least || 2))))};
}

const groupColour = (c, colouring, group) => colouring.ramp ? c.ramp[group] : c.groups[group] || c.series[4];

/** What the colours mean; a group's button sets it off. */
function groupKey(m, view, changed) {
  const {ramp, names, of} = view.colouring;
  if (ramp) {
    return [el('p', {class: 'ramp'}, 'fewer ratings', ...[0, 1, 2, 3, 4].map(i => el('i', {style: `background:var(--m${i})`})), 'more ratings')];
  }
  const sizes = names.map((_, g) => of.filter(x => x === g).length);
  const without = of.filter(x => x < 0).length;
  const buttons = names.map((name, g) => el('button', {type: 'button', 'aria-pressed': 'false', onclick: () => {
    view.group = view.group === g ? -1 : g;
    buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(at === view.group)));
    changed();
  }}, el('i', {style: `background:var(--${g < 7 ? 'g' + g : 's5'})`, 'aria-hidden': 'true'}), `${name} `, el('span', {class: 'soft'}, whole(sizes[g]))));
  const pairs = m.nearest.flatMap((near, i) => near.map(n => of[n] === of[i]));
  const chance = sizes.concat(without).reduce((sum, size) => sum + (size / of.length) ** 2, 0);
  return [el('ul', {class: 'groups', 'aria-label': 'Colours'}, buttons.map(button => el('li', {}, button))),
    el('p', {class: 'soft small'}, `${percent(pairs.filter(Boolean).length / pairs.length, 0)} of an item’s nearest have its colour; by chance it would be ${percent(chance, 0)}.${without > 0 ? ` ${whole(without)} items have no group and are grey.` : ''}`)];
}

const counted = (n, name) => `${whole(n)} ${name}${n === 1 ? '' : 's'}`;

function mapRows(m) {
  return [['id', 'title', 'x', 'y', 'ratings', 'lists', 'group', 'cluster'], ...m.id.map((id, i) =>
    [id, titleOf(id), m.x[i], m.y[i], m.rows[i], m.places[i], m.group ? m.group[i] : null, m.cluster[i]])];
}

function hint() {
  return [el('h3', {}, 'No item chosen'), el('p', {class: 'soft'}, 'Click a point or find an item by its title to see its nearest neighbours.')];
}

function itemView(m, i, choose) {
  return [
    el('h3', {}, titleOf(m.id[i])),
    el('p', {class: 'soft small'}, `id ${m.id[i]}${m.group && m.group[i] ? ` · ${m.group[i]}` : ''} · ${counted(m.rows[i], 'rating')} in the train part · in the first ten of ${counted(m.places[i], 'user')}`),
    el('p', {class: 'small'}, 'Nearest by cosine, the nearest first'),
    el('ol', {}, m.nearest[i].map(n => el('li', {}, el('button', {type: 'button', onclick: () => { choose(n); document.querySelector('.item ol button')?.focus(); }}, titleOf(m.id[n]))))),
    el('button', {type: 'button', onclick: () => choose(-1)}, 'Show all'),
  ];
}

/** Scrolls a list, never the page. */
function showIn(list, entry) {
  const [top, bottom] = [entry.offsetTop, entry.offsetTop + entry.offsetHeight];
  if (top < list.scrollTop) {
    list.scrollTop = top;
  } else if (bottom > list.scrollTop + list.clientHeight) {
    list.scrollTop = bottom - list.clientHeight;
  }
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
      showIn(hits, hits.children[i]);
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

/** Where the plane begins and ends, with a margin. */
function frame(values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = .04 * (most - least || 1);
  return [least - margin, most + margin];
}

const nearOf = (m, view) => new Set(view.chosen < 0 ? [] : m.nearest[view.chosen]);

function pointSize(width, m, view, near, i) {
  return (width < 500 ? .75 : 1) * (i === view.chosen ? 16 : near.has(i) ? 11 : 4 + 9 * Math.sqrt(m.places[i] / Math.max(1, ...m.places)));
}

/** The labels: of the chosen item and its nearest, else of the most popular ones in sight. */
function nameData(c, width, height, m, view) {
  const near = nearOf(m, view);
  const edges = [frame(m.x), frame(m.y)];
  const scale = (value, axis, size) => {
    const [start, end] = view.zoom[axis].map(p => edges[axis][0] + p / 100 * (edges[axis][1] - edges[axis][0]));
    return (value - start) / (end - start) * size;
  };
  const at = ({at: i}) => {
    const [x, y] = [scale(m.x[i], 0, width), height - scale(m.y[i], 1, height)];
    return x < 4 || y < 10 || x > width - 4 || y > height - 10 ? null : {x, y};
  };
  const items = (view.chosen >= 0 ? [view.chosen, ...near] : m.id.map((_, i) => i).filter(i => view.group < 0 || view.colouring.of[i] === view.group)).map(i => ({at: i, id: m.id[i]}));
  const sides = landmarks(items, at, width, view.chosen >= 0 ? Infinity : width < 500 ? 7 : 16, 11);
  return [...sides].map(([i, position]) => ({named: i, value: [m.x[i], m.y[i]], symbolSize: pointSize(width, m, view, near, i),
    label: {position, fontWeight: i === view.chosen ? 650 : 400}}));
}

function mapOption(c, width, height, m, view) {
  const near = nearOf(m, view);
  const {colouring, chosen} = view;
  const front = chosen < 0 ? [] : [chosen, ...near];
  const off = i => chosen >= 0 || (view.group >= 0 && colouring.of[i] !== view.group);
  const point = i => {
    const picked = i === chosen || near.has(i);
    return {
      at: i, value: [m.x[i], m.y[i]], symbolSize: pointSize(width, m, view, near, i),
      itemStyle: {color: i === chosen ? c.bad : near.has(i) ? c.series[1] : groupColour(c, colouring, colouring.of[i]), opacity: picked ? 1 : off(i) ? .18 : .85, borderColor: c.card, borderWidth: picked ? 1.5 : .4},
    };
  };
  const line = {axisLabel: {show: false}, axisTick: {show: false}, axisLine: {show: false}, splitLine: {lineStyle: {color: c.grid}}, splitNumber: 4};
  const [xs, ys] = [frame(m.x), frame(m.y)];
  const zoom = (axis, index) => ({type: 'inside', [axis]: 0, filterMode: 'none', zoomOnMouseWheel: true, start: view.zoom[index][0], end: view.zoom[index][1]});
  const group = i => colouring.names[colouring.of[i]];
  return {
    tooltip: tip(c, {trigger: 'item', formatter: p => `<b>${encode(titleOf(m.id[p.data.at]))}</b><br>${group(p.data.at) ? encode(m.group && m.group[p.data.at] || group(p.data.at)) + '<br>' : ''}${counted(m.rows[p.data.at], 'rating')} · in the first ten of ${counted(m.places[p.data.at], 'user')}`}),
    grid: {left: 2, right: 2, top: 2, bottom: 2},
    xAxis: Object.assign({type: 'value', min: xs[0], max: xs[1]}, line),
    yAxis: Object.assign({type: 'value', min: ys[0], max: ys[1]}, line),
    dataZoom: [zoom('xAxisIndex', 0), zoom('yAxisIndex', 1)],
    series: [
      {type: 'scatter', data: m.id.map((_, i) => i).filter(i => i !== chosen && !near.has(i)).map(point)},
      {type: 'scatter', z: 5, data: front.map(point)},
      {id: 'names', type: 'scatter', z: 6, silent: true, itemStyle: {color: 'transparent', opacity: 1}, data: nameData(c, width, height, m, view),
        label: {show: true, color: c.text, fontSize: 12, distance: 5, formatter: p => drawnText(m.id[p.data.named]), textBorderColor: c.card, textBorderWidth: 4}},
    ],
  };
}
