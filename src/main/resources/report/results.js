'use strict';
// A section each for the training, Redis, the long tail, the users, and all the rest.

function training() {
  const t = run.training;
  if (!t || t.losses.length === 0) {
    return;
  }
  const epochs = t.losses.map((_, i) => i + 1);
  const speed = t.epochSeconds.map(s => s > 0 ? t.itemsPerEpoch / s : null);
  const curve = (name, values) => () => [['epoch', name], ...epochs.map((e, i) => [e, values[i]])];
  const line = (name, values, colour) => c => ({
    tooltip: tip(c, {trigger: 'axis', formatter: ps => `epoch ${ps[0].axisValue}<br>${name} <b>${ps[0].data === null ? '–' : figure(ps[0].data)}</b>`}),
    grid: named(),
    xAxis: axis(c, {type: 'category', data: epochs, name: 'epoch', nameLocation: 'middle', nameGap: 28}),
    yAxis: yAxis(c, name, name === 'items/s' ? {min: 0} : {scale: true, axisLabel: ticks(c, Math.max(...values) - Math.min(...values))}),
    series: [{type: 'line', data: values, color: c.series[colour], symbol: epochs.length > 30 ? 'none' : 'circle', symbolSize: 7, lineStyle: {width: 2.5},
      markLine: name === 'map@10' || t.bestEpoch < epochs.length ? {symbol: 'none', silent: true, lineStyle: {color: c.soft, type: 'dashed'},
        label: {formatter: 'kept', color: c.soft}, data: [{xAxis: t.bestEpoch - 1}]} : undefined}],
  });
  const first = t.losses[0];
  const last = t.losses[t.losses.length - 1];
  section('training', 'Training',
    `${whole(t.epochs)} epochs over ${whole(t.itemsPerEpoch)} occurrences of ${whole(t.items)} items in ${seconds(t.seconds)}; the vectors kept are those of epoch ${t.bestEpoch}.`,
    el('div', {class: 'three'},
      chart('Loss', 'Mean of a prediction, in nats.', `Loss falls from ${figure(first)} in the first epoch to ${figure(last)} in the last`, line('loss', t.losses, 0), {rows: curve('loss', t.losses)}),
      t.validation.length > 0
        ? chart('Validation', 'Each user’s validation items ranked after the epoch.', `map@10 on the validation part, best ${figure(Math.max(...t.validation))}`, line('map@10', t.validation, 2), {rows: curve('validation map@10', t.validation)}) : null,
      chart('Speed', 'Items of the sequences gone through in a second, without validation.', `About ${whole(median(speed))} items a second`, line('items/s', speed, 3), {rows: curve('items per second', speed)})),
    order(),
    folded('Every epoch', table('Epochs', names(['#epoch', '#loss', ...(t.validation.length > 0 ? ['#validation map@10'] : []), '#seconds', '#items/s']),
      epochs.map((e, i) => [String(e), figure(t.losses[i]), ...(t.validation.length > 0 ? [figure(t.validation[i])] : []),
        isNumber(t.epochSeconds[i]) ? t.epochSeconds[i].toFixed(3) : '–', whole(speed[i])]))));
}

/** What the model has learned of the order of histories. */
function order() {
  const p = run.profile;
  if (!p) {
    return null;
  }
  const lags = Object.entries(p.lags);
  const even = lags.every(([, w]) => w === 1);
  return el('div', {},
    el('p', {}, p.neighbours === 0 ? 'What order says was not measured: all items of a user count the same.'
      : even ? 'Order was found to mean nothing: all items of a user count the same.'
      : `The last item counts ${(1 / p.lags['10-14']).toFixed(1)} times the tenth.`,
      ` ${p.transitions > 0 ? whole(p.transitions) + ' transitions' : 'No transitions'} (what follows what) and ${whole(p.neighbours)} neighbours (what goes with what) add to the scores.`),
    even ? null : folded('What an item counts', table('Weights by lag', names(['#items that came after it', '#weight']),
      lags.map(([name, w]) => [name === '1' ? 'none: the last item' : name.replace(/\d+/g, n => name.startsWith('over') ? n : String(Number(n) - 1)), w.toFixed(3)]))));
}

function median(values) {
  const sorted = values.filter(isNumber).sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[sorted.length >> 1];
}

function redis() {
  if (!data.redis) {
    return;
  }
  const r = data.redis;
  const published = run.publish && run.publish.layout ? run.publish.layouts || [run.publish] : [];
  const measured = layout => (published.find(p => p.layout === layout) || {}).bytes;
  const memory = l => `${encode(l.layout)}<br>${isNumber(measured(l.layout)) ? `measured <b>${bytes(measured(l.layout))}</b><br>` : ''}forecast <b>${bytes(l.bytes)}</b>`;
  const keys = ['measured', ...(r.layouts.every(l => isNumber(measured(l.layout))) ? [] : ['forecast']), 'forecast of what was measured'];
  const many = r.forecastUsers.map(n => `${n / 1e6} M users`);
  const text = r.layouts[0].bytes;
  const columns = [bytesColumn(r.layouts.map(l => measured(l.layout))), bytesColumn(r.layouts.map(l => l.bytes)), aligned(r.layouts.map(l => l.bytes / r.users), [['bytes', 1]], 1),
    r.layouts.map(l => percent(l.bytes / text, 1)), ...r.forecastUsers.map((_, i) => bytesColumn(r.layouts.map(l => l.forecast[i])))];
  const rows = r.layouts.map((l, i) => [l.layout, ...columns.map(column => column[i])]);
  section('redis', 'Redis', `Lists of ${r.listLength} of ${whole(r.items)} items under the prefix ${r.prefix}`
    + `${r.ttlSeconds > 0 ? `, expiring after ${seconds(r.ttlSeconds)}` : ', without expiry'}. `
    + (published.length > 0 ? 'Measured is the growth of the server’s used memory during the publish.' : 'Nothing was published; the figures are the forecast.'),
    chart('Memory of this run’s lists, by layout', `${whole(r.users)} users`, r.layouts.map(l => `${l.layout}: ${bytes(measured(l.layout) ?? l.bytes)}`).join('; '), (c, width) => ({
      tooltip: tip(c, {trigger: 'axis', axisPointer: {type: 'none'}, formatter: ps => memory(r.layouts[ps[0].dataIndex])}),
      legend: published.length > 0 ? legend(c, {data: keys}) : undefined,
      grid: {left: 8, right: published.length > 0 && width > 500 ? 180 : 84, top: published.length > 0 ? 34 : 8, bottom: 4, containLabel: true},
      xAxis: axis(c, {type: 'value', show: false}),
      yAxis: axis(c, {type: 'category', inverse: true, data: r.layouts.map(l => l.layout), axisLabel: {color: c.text}, axisLine: {show: false}}),
      // one bar per layout, so that its name stands at its bar: what was measured, else the forecast
      series: [['measured', l => measured(l.layout) ?? null, c.series[0]], ['forecast', l => isNumber(measured(l.layout)) ? null : l.bytes, c.series[4]]]
        .map(([name, value, colour]) => ({type: 'bar', name, data: r.layouts.map(value), barMaxWidth: 20, barGap: '-100%', color: colour, itemStyle: {borderRadius: 3},
          label: {show: true, position: 'right', distance: 9, color: c.text, formatter: p => bytes(p.value) + (name === 'measured' && width > 500 ? `, forecast ${bytes(r.layouts[p.dataIndex].bytes)}` : '')}}))
        .concat(published.length === 0 ? [] : [{type: 'scatter', name: 'forecast of what was measured', symbol: 'rect', symbolSize: [3, 28], itemStyle: {color: c.text, opacity: 1}, z: 4,
          data: r.layouts.map(l => [isNumber(measured(l.layout)) ? l.bytes : null, l.layout])}]),
    }), {height: `${(published.length > 0 ? 3 : 1) + 2.5 * r.layouts.length}rem`, rows: () => [['layout', 'measured bytes', 'forecast bytes', ...r.forecastUsers.map(n => `forecast bytes of ${n} users`)],
      ...r.layouts.map(l => [l.layout, measured(l.layout), l.bytes, ...l.forecast])]}),
    table('Memory by layout, and what more users would take with lists and catalogue as here',
      names(['layout', '#measured', '#forecast', '#forecast per user', '#of list-text', ...many.map(m => '#' + m)]), rows),
    el('p', {class: 'soft small'}, 'Forecast for Redis 7 with jemalloc. While the generation before is kept (publish.keep), twice that is needed.'));
}

function longTail() {
  const t = data.longTail;
  if (!t || t.items === 0) {
    return;
  }
  const tenths = t.tenths.map((_, i) => i === 0 ? 'most popular' : i === 9 ? 'least popular' : `${i + 1}`);
  const coverage = run.metrics ? contenders().filter(a => isNumber(a.metrics['novelty@10'])) : [];
  const steps = t.curve.rows.length - 1;
  section('long-tail', 'Long tail', `${whole(t.recommendedItems)} of the ${whole(t.items)} items of the train part (${percent(t.recommendedItems / t.items)}) are among the first ${t.k} of somebody’s list.`,
    el('div', {class: 'two'},
      chart('Ratings and recommendations by popularity', 'The catalogue in ten parts of equally many items.', `The most popular tenth has ${percent(t.tenths[0].rowShare)} of the ratings and ${percent(t.tenths[0].placeShare)} of the places in lists`, c => ({
        tooltip: tip(c, {trigger: 'axis', axisPointer: {type: 'shadow', shadowStyle: {color: c.grid, opacity: .5}}, valueFormatter: v => percent(v)}),
        legend: legend(c), grid: named(),
        xAxis: axis(c, {type: 'category', data: tenths.map((_, i) => i + 1), name: 'tenth of the catalogue, 1 = most popular', nameLocation: 'middle', nameGap: 28}),
        yAxis: yAxis(c, '', {axisLabel: {color: c.soft, formatter: v => `${Math.round(100 * v)} %`}}),
        series: [['ratings in the train part', 'rowShare', 4], ['places in lists', 'placeShare', 0]].map(([name, field, i]) => ({type: 'bar', name, color: c.series[i], barGap: '10%', itemStyle: {borderRadius: [3, 3, 0, 0]}, data: t.tenths.map(x => x[field])})),
      }), {rows: () => [['tenth', 'items', 'recommended items', 'share of ratings', 'share of places'], ...t.tenths.map((x, i) => [i + 1, x.items, x.recommendedItems, x.rowShare, x.placeShare])]}),
      chart('Running shares', 'How much the most popular items have; the straight line would be all alike.', `Half of the catalogue, the more popular one, has ${percent(t.curve.places[steps / 2])} of the places`, c => ({
        tooltip: tip(c, {trigger: 'axis', formatter: ps => `the most popular ${Math.round(ps[0].value[0] * 100)} %<br>` + ps.slice(0, 2).map(p => `${encode(p.seriesName)}: <b>${percent(p.value[1])}</b>`).join('<br>')}),
        legend: legend(c, {data: ['ratings in the train part', 'places in lists']}), grid: named(),
        xAxis: xAxis(c, 'share of the catalogue', {max: 1, axisLabel: {color: c.soft, formatter: v => `${Math.round(100 * v)} %`}}),
        yAxis: yAxis(c, '', {max: 1, axisLabel: {color: c.soft, formatter: v => `${Math.round(100 * v)} %`}}),
        series: [['ratings in the train part', t.curve.rows, 4, 'solid'], ['places in lists', t.curve.places, 0, 'solid']]
          .map(([name, values, i, type]) => ({type: 'line', name, color: c.series[i], symbol: 'none', lineStyle: {width: 2.5, type}, data: values.map((v, at) => [at / steps, v])}))
          .concat([{type: 'line', name: 'all alike', silent: true, symbol: 'none', color: c.line, lineStyle: {type: 'dashed'}, data: [[0, 0], [1, 1]]}]),
      }), {rows: () => [['share of the catalogue', 'share of ratings', 'share of places'], ...t.curve.rows.map((v, at) => [at / steps, v, t.curve.places[at]])]})),
    folded('The tenths in figures', table('Tenths of the catalogue, the most popular first', names(['tenth', '#items', '#of them recommended', '#ratings', '#places in lists']),
      t.tenths.map((x, i) => [`${i + 1}`, whole(x.items), whole(x.recommendedItems), percent(x.rowShare), percent(x.placeShare)]))),
    coverage.length > 0 ? table('Beside the baselines, first ten places', names(['lists of', '#catalogue recommended', '#novelty, bits', '#popular items']),
      coverage.map(a => [a.name, percent(a.metrics['coverage@10']), a.metrics['novelty@10'].toFixed(2), percent(a.metrics['popularity-share@10'])]), 0) : null);
}

function users() {
  if (!data.users || data.users.length === 0) {
    return;
  }
  const view = el('div', {'aria-live': 'polite'});
  let at = 0;
  const select = el('select', {id: 'user-choice', onchange: () => show(Number(select.value))}, data.users.map((u, i) => el('option', {value: i}, `${u.user} (${u.known} known items)`)));
  const show = i => {
    at = (i + data.users.length) % data.users.length;
    select.value = at;
    view.replaceChildren(...userView(data.users[at]));
  };
  section('users', 'Sample users', `${data.users.length} users drawn by a hash of their ids, not chosen by how well they do.`,
    el('div', {class: 'controls'}, labelled('user-choice', 'User', select),
      el('button', {type: 'button', onclick: () => show(at - 1)}, 'Previous'), el('button', {type: 'button', onclick: () => show(at + 1)}, 'Next')), view);
  show(0);
}

/** Four digits of the largest, and as many decimals in all. */
function scoresColumn(scores) {
  const most = Math.max(...scores.filter(isNumber).map(Math.abs), 0);
  const digits = most > 0 ? Math.min(8, Math.max(0, 3 - Math.floor(Math.log10(most)))) : 0;
  return scores.map(s => isNumber(s) ? s.toFixed(digits) : '');
}

function userView(user) {
  const held = new Set(user.test);
  const listed = new Set(user.list);
  const hits = user.list.filter(item => held.has(item)).length;
  const named = item => el('span', {title: item}, titleOf(item));
  const scores = scoresColumn(user.scores);
  const items = (list, mark) => list.length === 0 ? el('p', {class: 'soft'}, 'none') : el('ol', {}, list.map(item => el('li', {class: mark && mark(item) && 'hit'}, el('span', {'aria-hidden': 'true'}, '·'), named(item),
    mark && mark(item) ? el('span', {class: 'tag good'}, 'in the list') : null)));
  return [
    el('p', {}, `${hits} of the ${user.test.length} held-out items are among the first ${user.list.length}.`, user.cold ? ' The user has no known item; the list is the popularity list.' : ''),
    el('div', {class: 'lists'},
      el('div', {}, el('h3', {}, 'Recommended'), user.list.length === 0 ? el('p', {class: 'soft'}, 'no list') : el('ol', {}, user.list.map((item, i) => el('li', {class: held.has(item) && 'hit'},
        el('span', {class: 'rank'}, String(i + 1)), named(item), held.has(item) ? el('span', {class: 'tag good'}, 'held out') : null,
        el('span', {class: 'soft small'}, scores[i] ?? ''))))),
      el('div', {}, el('h3', {}, 'Held out for the test'), items(user.test, item => listed.has(item))),
      el('div', {}, el('h3', {}, `Liked, the latest ${user.latest.length} of ${user.known}`), items([...user.latest].reverse()))),
  ];
}

function rest() {
  const times = Object.entries(run.timings || {});
  const stages = secondsColumn(times.map(([, s]) => s));
  const flat = [];
  const flatten = (prefix, value) => {
    if (value !== null && typeof value === 'object' && !(Array.isArray(value) && value.every(v => typeof v !== 'object' || v === null))) {
      Object.entries(value).forEach(([name, inner]) => flatten(prefix === '' ? name : `${prefix}.${name}`, inner));
    } else {
      flat.push([prefix, Array.isArray(value) ? value.map(plain).join(', ') : plain(value)]);
    }
  };
  flatten('', run);
  section('details', 'Details', null,
    el('div', {class: 'two'},
      times.length === 0 ? null : chart('Time of each stage', null, times.map(([name, s]) => `${name}: ${seconds(s)}`).join('; '), c => ({
        tooltip: tip(c, {trigger: 'item', formatter: p => `${encode(p.name)}: <b>${seconds(p.value)}</b>`}),
        grid: {left: 8, right: 80, top: 6, bottom: 6, containLabel: true},
        xAxis: axis(c, {type: 'value', show: false}),
        yAxis: axis(c, {type: 'category', inverse: true, data: times.map(t => t[0]), axisLabel: {color: c.text}, axisLine: {show: false}}),
        series: [{type: 'bar', data: times.map(t => t[1]), barMaxWidth: 18, color: c.series[0], itemStyle: {borderRadius: 3}, label: {show: true, position: 'right', color: c.text, formatter: p => stages[p.dataIndex]}}],
      }), {height: `${Math.max(8, 2.2 * times.length)}rem`, rows: () => [['stage', 'seconds'], ...times]}),
      run.params ? table('Parameters of the training', names(['parameter', 'value']), Object.entries(run.params).map(([n, v]) => [n, plain(v)])) : null),
    folded('Every field of run.json', table('run.json', names(['field', 'value']), flat)));
}
