'use strict';
// Two runs side by side, A and B: what differs between them, their metrics, their lists, and what these show.

const signed = value => isNumber(value) ? `${value > 0 ? '+' : ''}${figure(value)}`.replace('-', '−') : '–';
const pText = p => p < 0.001 ? '< 0.001' : p.toFixed(3);
const unsure = m => m.difference.interval[0] <= 0 && m.difference.interval[1] >= 0;

function comparisonOverview() {
  const main = data.metrics.find(m => m.metric === 'map@10') || data.metrics[0];
  const verdict = unsure(main) ? 'no difference that 1,000 bootstrap samples of the users agree on' : main.difference.mean > 0 ? 'B is better' : 'A is better';
  const side = (letter, run) => [letter, el('code', {}, run.output), el('code', {}, run.runId), run.trainer, run.startedAt, run.version];
  document.getElementById('main').append(el('section', {class: 'plain', 'aria-label': 'Overview'},
    el('h1', {}, 'Two runs: ', el('code', {}, data.first.output), ' and ', el('code', {}, data.second.output)),
    el('p', {}, `By ${main.metric}: ${verdict}.`),
    el('dl', {class: 'tiles'},
      tile(`${main.metric}, A`, figure(main.first)),
      tile(`${main.metric}, B`, figure(main.second)),
      tile('B − A', signed(main.difference.mean), `${signed(main.difference.interval[0])} to ${signed(main.difference.interval[1])}, p ${pText(main.difference.pValue)}`),
      tile('Users', whole(data.users), 'evaluated in both'),
      data.lists && data.lists.users > 0 ? tile('Lists changed', percent(1 - data.lists.same / data.lists.users), `of the first ${data.lists.k} places`) : null)));
  section('runs', 'Runs', null,
    table('The two runs', names(['side', 'output', 'run', 'trainer', 'started', 'version']), [side('A', data.first), side('B', data.second)]),
    data.settings.length === 0 ? el('p', {}, 'Their settings are the same.')
      : table('Settings that differ', names(['setting', 'A', 'B']), data.settings.map(s => [el('code', {}, s.key), plain(s.first), plain(s.second)])));
}

function comparisonMetrics() {
  const row = m => [m.metric, figure(m.first), figure(m.second), signed(m.difference.mean),
    `${signed(m.difference.interval[0])} to ${signed(m.difference.interval[1])}`, pText(m.difference.pValue), whole(m.better), whole(m.worse)];
  const columns = names(['metric', '#A', '#B', '#B − A', '#95 %', '#p', '#users higher in B', '#lower in B']);
  const paired = new Set(data.metrics.map(m => m.metric));
  const others = Object.keys(data.first.metrics).filter(name => !paired.has(name) && name.endsWith('@10') && !name.startsWith('diversity@') && isNumber(data.second.metrics[name]));
  const shown = data.metrics.filter(m => m.metric.endsWith('@10'));
  section('metrics', 'Metrics', `Means over the same ${whole(data.users)} users; differences are paired, with 95 % of 1,000 bootstrap samples of the users.`,
    chart('B − A, as a share of A', 'Bars are 95 % intervals; where they cross zero, the runs may be alike.',
      shown.map(m => `${m.metric}: ${signed(m.difference.mean)}`).join('; '), c => relative(c, shown), {height: `${4 + 2.4 * shown.length}rem`,
        rows: () => [['metric', 'A', 'B', 'B - A', 'low', 'high', 'p'],
          ...shown.map(m => [m.metric, m.first, m.second, m.difference.mean, ...m.difference.interval, m.difference.pValue])]}),
    table('Metrics at k = 10', columns, shown.map(row)),
    shown.length === data.metrics.length ? null : folded('All cut-offs', table('Metrics at all cut-offs', columns, data.metrics.map(row))),
    others.length === 0 ? null : table('Of all lists together, k = 10: no interval', names(['metric', '#A', '#B', '#B − A']),
      others.map(name => [name, figure(data.first.metrics[name]), figure(data.second.metrics[name]), signed(data.second.metrics[name] - data.first.metrics[name])])),
    el('p', {class: 'soft small'}, 'diversity is left out: each run has measured it by its own vectors, and so by another yardstick.'));
}

function relative(c, shown) {
  const rows = shown.filter(m => m.first > 0);
  const share = (m, value) => value / m.first;
  const colour = m => unsure(m) ? c.series[4] : m.difference.mean > 0 ? c.good : c.bad;
  const text = v => `${v > 0 ? '+' : ''}${(100 * v).toFixed(1)} %`.replace('-', '−');
  return {
    tooltip: tip(c, {trigger: 'item', formatter: p => `${encode(p.name)}<br>B − A <b>${text(share(rows[p.data.at], rows[p.data.at].difference.mean))}</b>`}),
    grid: named({top: 8, right: 30}),
    xAxis: xAxis(c, 'B − A, share of A', {splitLine: {show: true, lineStyle: {color: c.grid}}, axisLabel: {color: c.soft, formatter: text}}),
    yAxis: axis(c, {type: 'category', inverse: true, data: rows.map(m => m.metric), axisLabel: {color: c.text}, axisLine: {show: false}, splitLine: {show: false}}),
    series: rows.flatMap((m, at) => [
      {type: 'line', data: m.difference.interval.map(x => ({value: [share(m, x), m.metric], name: m.metric, at})), symbol: 'rect', symbolSize: [2, 14],
        lineStyle: {color: colour(m), width: 3}, itemStyle: {color: colour(m)}},
      {type: 'scatter', symbolSize: 13, data: [{value: [share(m, m.difference.mean), m.metric], name: m.metric, at}],
        itemStyle: {color: colour(m), borderColor: c.card, borderWidth: 2, opacity: 1}, z: 4,
        label: {show: true, position: 'top', distance: 5, color: c.text, formatter: () => text(share(m, m.difference.mean))}},
    ]),
  };
}

function comparisonSegments() {
  const [a, b] = [data.first.segments, data.second.segments];
  if (!a || !b) {
    return;
  }
  const metric = `map@${a.k}`;
  const both = (ours, theirs, key) => ours.map(one => [one, theirs.find(other => other[key] === one[key])]).filter(pair => pair[1]);
  const users = both(a.users, b.users, 'trainRows');
  const items = both(a.items, b.items, 'segment');
  section('segments', 'Segments', 'The same by users’ ratings in the train part, and by the popularity of the held-out items.',
    el('div', {class: 'two'},
      users.length === 0 ? null : table(`Users by ratings, ${metric}`, names(['ratings', '#users', '#A', '#B', '#B − A']),
        users.map(([x, y]) => [x.trainRows.replace('-', ' – '), whole(y.users), figure(x.metrics[metric]), figure(y.metrics[metric]), signed(y.metrics[metric] - x.metrics[metric])])),
      items.length === 0 ? null : table(`Held-out items by popularity, recall@${a.k}`, names(['items', '#held out', '#A', '#B', '#B − A', '#places, A', '#places, B']),
        items.map(([x, y]) => [x.segment, whole(y.heldOut), figure(x.recall), figure(y.recall), signed(y.recall - x.recall), percent(x.placeShare), percent(y.placeShare)]))));
}

function comparisonLists() {
  const l = data.lists;
  if (!l) {
    return;
  }
  const other = l.users - l.same - l.reordered;
  const of = n => [whole(n), percent(l.users === 0 ? NaN : n / l.users)];
  const exposure = (caption, items) => table(caption, names(['item', '#A', '#B', '#B − A']),
    items.map(i => [el('span', {title: i.item}, titleOf(i.item)), whole(i.first), whole(i.second), `${i.second > i.first ? '+' : ''}${whole(i.second - i.first)}`.replace('-', '−')]));
  section('lists', 'Lists', `The first ${l.k} places of the lists of ${whole(l.users)} users who have one in both runs.`
    + (isNumber(l.overlap) ? ` On average ${percent(l.overlap)} of a list’s items are in both.` : ''),
    table('Lists that changed', names(['lists', '#number', '#share']), [['the same', ...of(l.same)], ['the same items in another order', ...of(l.reordered)], ['with other items', ...of(other)]]),
    l.onlyFirst + l.onlySecond > 0 ? el('p', {}, `${whole(l.onlyFirst)} users have a list in A alone, ${whole(l.onlySecond)} in B alone.`) : null,
    el('div', {class: 'two'},
      l.gained.length === 0 ? null : exposure('Items that gained most places', l.gained),
      l.lost.length === 0 ? null : exposure('Items that lost most places', l.lost)));
}

document.title = `item2vec-spark: ${data.first.output} and ${data.second.output}`;
theme.start();
comparisonOverview();
comparisonMetrics();
comparisonSegments();
comparisonLists();
startCharts();
followReading();
