'use strict';
// The overview, and a section each for the input, the split and the metrics.

const ours = () => String(run.trainer === 'best' ? 'best parameters' : run.trainer);

/** [{name, metrics, details}], the model first. */
function contenders() {
  const details = run.comparison || {};
  return [{name: ours(), metrics: run.metrics, details: details.model || {}}]
    .concat(Object.entries(run.baselines || {}).map(([name, metrics]) => ({name, metrics, details: details[name] || {}})));
}

const cutOffs = () => [...new Set(Object.keys(run.metrics).map(m => Number(m.split('@')[1])))].sort((a, b) => a - b);
const metricNames = () => [...new Set(Object.keys(run.metrics).map(m => m.split('@')[0]))];
const interval = (contender, metric) => (contender.details.intervals || {})[metric];

/** The last two names of the input's path, such as ml-100k/u.data. */
function dataName() {
  const path = run.input ? String(run.input.path).replace(/^[a-z0-9]+:\/*/i, '').split('/').filter(Boolean) : [];
  return path.slice(-2).join('/');
}

const title = () => (data.study ? 'Tuning study' : run.trainer ? ours() : 'Run') + (dataName() ? ` on ${dataName()}` : '');

/** What was trained and by what. */
function made() {
  const p = run.params || {};
  const model = [p.architecture && `${p.architecture} model`, isNumber(p['vector-size']) && `${p['vector-size']} dimensions`].filter(Boolean).join(' of ');
  return [model, `item2vec-spark ${run.version}`, run.spark && `Spark ${run.spark}`, run.java && `Java ${run.java}`].filter(Boolean).join(' · ');
}

function overview() {
  const good = run.status === 'SUCCEEDED';
  const top = el('section', {class: 'plain', 'aria-label': 'Overview'},
    el('h1', {}, title(), ' ', el('span', {class: 'chip ' + (good ? 'good' : 'bad')}, String(run.status))),
    el('p', {class: 'made'}, made()),
    el('p', {class: 'soft small'}, 'Run ', el('code', {}, String(run.runId)), `, started ${run.startedAt}, took ${seconds(run.seconds)}, seed ${run.seed}`),
    run.error ? el('pre', {class: 'note bad', role: 'alert'}, String(run.error)) : null,
    run.warnings ? el('p', {class: 'note warn'}, String(run.warnings)) : null,
    gate());
  const tiles = [];
  if (run.metrics && isNumber(run.metrics['map@10'])) {
    const [model, ...others] = contenders();
    const reference = others.find(o => isNumber(o.metrics['map@10']));
    for (const [metric, name] of [['map@10', 'MAP@10'], ['hitrate@10', 'Hit rate@10']]) {
      const ends = interval(model, metric);
      const times = reference && reference.metrics[metric] > 0 ? model.metrics[metric] / reference.metrics[metric] : null;
      tiles.push(tile(name, figure(model.metrics[metric]),
        [ends ? `95 %: ${figure(ends[0])} to ${figure(ends[1])}` : '', times ? `${times.toFixed(2)} × ${reference.name}` : ''].filter(Boolean).join(' · ')));
    }
  }
  if (run.input) {
    tiles.push(tile('Ratings kept', whole(run.input.kept), `of ${whole(run.input.rows)} rows`));
    tiles.push(tile('Users', whole(run.input.users), `and ${whole(run.input.items)} items`));
  }
  if (data.longTail) {
    tiles.push(tile('Catalogue recommended', percent(data.longTail.recommendedItems / data.longTail.items), `in the first ${data.longTail.k} of all lists`));
  }
  if (run.tuning) {
    tiles.push(tile('Trials', whole(run.tuning.trials), `best is trial ${run.tuning.best.trial}`));
  }
  if (run.publish && run.publish.layout) {
    tiles.push(tile('In Redis', bytes(run.publish.bytes), `${run.publish.layout}, ${whole(run.publish.users)} users`));
  }
  if (tiles.length > 0) {
    top.append(el('dl', {class: 'tiles'}, tiles));
  }
  document.getElementById('main').append(top);
}

function gate() {
  if (!run.gate) {
    return null;
  }
  const refusals = run.gate.refusals;
  const verdict = refusals.length === 0 ? 'passed' : run.gate.overridden ? 'refused, and was overridden' : 'refused to publish';
  const seen = Object.entries(run.gate).filter(([, value]) => isNumber(value)).map(([name, value]) => `${name} ${figure(value)}`);
  return el('p', {class: 'note ' + (refusals.length === 0 ? 'info' : 'warn')}, el('strong', {}, `Quality gate: ${verdict}. `),
    refusals.length > 0 ? refusals.join('; ') : `${run.gate.metric}: ${seen.join(', ')}`);
}

/* How the input was understood, most of it by looking at it. */
function reading(read) {
  const pairs = fields => Object.entries(fields).map(([name, value]) => `${name} = ${value}`).join(', ');
  return [
    `${whole(read.files)} ${read.files === 1 ? 'file' : 'files'} of ${read.format}`,
    read.separator ? `separator ${read.separator}, ${read.encoding}` : null,
    read.layouts > 1 ? `${read.layouts} different headers or separators, each file by its own` : null,
    pairs(read.columns),
    `timestamps: ${read.timestamps}`,
    `first row: ${pairs(read.firstRow)}`,
    read.skippedFiles > 0 ? `passed over ${whole(read.skippedFiles)}: ${read.skipped.join(', ')}` : null,
  ].filter(part => part !== null).join('; ') + '.';
}

function input() {
  if (!run.input) {
    return;
  }
  const rejected = Object.entries(run.input.rejected || {});
  const bad = rejected.reduce((sum, [, n]) => sum + n, 0);
  const low = run.input.rows - run.input.kept - run.input.duplicates - bad;
  const rows = [
    ['kept', run.input.kept, 'kept as likes'],
    ['low rating', low, 'rating below input.min-rating'],
    ['repeated', run.input.duplicates, 'replaced by a later row of the same user and item'],
    ...rejected.map(([reason, n]) => [reason, n, 'rejected: ' + reason]),
  ];
  const shares = rows.map(([, n, name]) => [name, whole(n), percent(n / run.input.rows, 2)]);
  section('input', 'Input', null,
    el('p', {}, `${whole(run.input.rows)} rows of `, el('code', {}, String(run.input.path)), `: ${whole(run.input.kept)} are kept, of `
      + `${whole(run.input.users)} users and ${whole(run.input.items)} items. ${bad === 0 ? 'No row was rejected.' : whole(bad) + ' rows were rejected; they are in rejected/.'}`),
    run.input.reading ? el('p', {}, 'Read as: ' + reading(run.input.reading)) : null,
    el('div', {class: 'two'},
      chart('Where the rows went', null, rows.map(([name, n]) => `${name}: ${n}`).join('; '), c => ({
        tooltip: tip(c, {trigger: 'item', formatter: p => `${encode(p.name)}<br><b>${whole(p.value)}</b> rows, ${percent(p.value / run.input.rows, 2)}`}),
        grid: {left: 8, right: 90, top: 6, bottom: 6, containLabel: true},
        xAxis: axis(c, {type: 'value', show: false}),
        yAxis: axis(c, {type: 'category', inverse: true, data: rows.map(r => r[0]), axisLabel: {color: c.text}, axisLine: {show: false}}),
        series: [{type: 'bar', barMaxWidth: 26, data: rows.map(([name, n], i) => ({value: n, itemStyle: {color: i === 0 ? c.series[0] : i < 3 ? c.series[4] : c.bad, borderRadius: 3}})),
          label: {show: true, position: 'right', color: c.text, formatter: p => whole(p.value)}}],
      }), {height: `${Math.max(9, 2.9 * rows.length)}rem`, rows: () => [['part', 'rows'], ...rows.map(r => r.slice(0, 2))]}),
      table('The same in figures', names(['rows', '#number', '#share']), shares)));
}

function split() {
  if (!run.split) {
    return;
  }
  const parts = ['train', 'validation', 'test'].filter(part => run.split[part] > 0);
  const users = Object.entries(run.users || {}).map(([name, n]) => [USERS[name] || name, whole(n)]);
  if (run.coldUsers) {
    users.push([`without a known item, all users (rule: ${run.coldUsers.rule})`, whole(run.coldUsers.users)]);
  }
  const total = parts.reduce((sum, part) => sum + run.split[part], 0);
  section('split', 'Split', `Rows are dealt out by: ${run.split.by}${parts.length > 0 ? '; ' + parts.map(p => `${p} ${whole(run.split[p])}`).join(', ') : ''}.`,
    el('p', {class: 'note info'}, el('strong', {}, 'What of the future the split leaks. '), String(run.split.leak)),
    run.leaveOut ? el('p', {}, `All figures follow recommend.leave-out = ${run.leaveOut}: ` + ({
      rated: 'nothing that the user has rated before the test part is recommended.',
      liked: 'what the user likes is not recommended again; what the user has rated below input.min-rating may be.',
      none: 'what the user has rated may be recommended.'})[run.leaveOut]) : null,
    run.rules ? el('p', {}, `All figures follow the rules of the configuration (recommend.eligible, denied, denied-per-user): ${whole(run.rules.items)} of ${whole(run.rules.modelItems)} items of the model may be recommended.`) : null,
    el('div', {class: 'two'},
      parts.length === 0 ? null : chart('Rows by part', null, parts.map(p => `${p}: ${run.split[p]} rows`).join('; '), c => ({
        tooltip: tip(c, {trigger: 'item', formatter: p => `${p.name}: <b>${whole(p.value)}</b> rows, ${percent(p.value / total)}`}),
        grid: {left: 8, right: 128, top: 6, bottom: 6, containLabel: true},
        xAxis: axis(c, {type: 'value', show: false}),
        yAxis: axis(c, {type: 'category', inverse: true, data: parts, axisLabel: {color: c.text}, axisLine: {show: false}}),
        series: [{type: 'bar', barMaxWidth: 26, data: parts.map(part => ({value: run.split[part], itemStyle: {color: c.series[{train: 0, validation: 2, test: 1}[part]], borderRadius: 3}})),
          label: {show: true, position: 'right', color: c.text, formatter: p => `${whole(p.value)}, ${percent(p.value / total)}`}}],
      }), {height: `${Math.max(8, 2.9 * parts.length)}rem`, rows: () => [['part', 'rows'], ...parts.map(p => [p, run.split[p]])]}),
      users.length === 0 ? null : table('Users in the figures', names(['users', '#number']), users)));
}

const USERS = {
  evaluated: 'evaluated: with a test part, the denominator of every mean',
  withoutTest: 'without a test part, in no mean',
  cold: 'evaluated, without a known item in the train part',
  withoutList: 'evaluated, without a list: count 0',
  withoutTestItemInTrain: 'evaluated, none of whose test items is in the train part',
};

function metrics() {
  if (!run.metrics || cutOffs().length === 0) {
    return;
  }
  const all = contenders();
  const ks = cutOffs();
  // nDCG: ranks count, and the best list has 1 at every k
  let metric = metricNames().includes('ndcg') ? 'ndcg' : metricNames()[0];
  let k = ks.includes(10) ? 10 : ks[0];
  const body = el('div', {});
  const along = el('small', {}, '');
  const redraw = () => {
    const name = `${metric}@${k}`;
    along.textContent = `${metric} at every cut-off. ${BY_LENGTH[metric] || ''} Compare the lines at one k.`;
    drawn.forEach(one => one.draw());
    body.replaceChildren(metricTable(all, k));
    drawn[0].box.setAttribute('aria-label', all.map(a => `${a.name}: ${name} ${figure(a.metrics[name])}`).join('; '));
  };
  const drawn = [];
  const controls = el('div', {class: 'controls'},
    choice('metric-choice', 'Metric', metricNames(), metric, value => { metric = value; redraw(); }),
    ks.length > 1 ? choice('cut-off-choice', 'Cut-off k', ks, k, value => { k = Number(value); redraw(); }) : null);
  const figures = el('div', {class: 'two'}, chart('Beside the baselines', 'Points are means over the evaluated users, bars their 95 % intervals.', '',
    c => whiskers(c, all, `${metric}@${k}`), {height: `${5 + 2.6 * all.length}rem`, ready: one => { drawn.unshift(one); redraw(); },
      rows: () => [['model', 'metric', 'mean', 'low', 'high'], ...all.map(a => [a.name, `${metric}@${k}`, a.metrics[`${metric}@${k}`], ...(interval(a, `${metric}@${k}`) || [])])]}));
  if (ks.length > 1) {
    const byLength = chart('By length of the list', ' ', `${ks.length} cut-offs; the figures are in the tables below`,
      c => byCutOff(c, all, metric, ks), {height: `${Math.max(16, 5 + 2.6 * all.length)}rem`, ready: one => drawn.push(one),
        rows: () => [['metric', 'k', ...all.map(a => a.name)], ...ks.map(at => [metric, at, ...all.map(a => a.metrics[`${metric}@${at}`])])]});
    byLength.querySelector('small').replaceWith(along);
    figures.append(byLength);
  }
  section('metrics', 'Metrics', 'On the test part, all items ranked, none sampled. Intervals: 95 % of 1,000 bootstrap samples of the users. × popularity: the ratio to the popularity list.',
    controls, figures, body, costs(all),
    el('p', {class: 'soft small'}, 'A user without a list counts 0; test items that the train part does not hold count as missed. map@k divides by k, '
      + 'map-normalized@k by min(|test|, k). coverage, novelty (bits), popularity-share, gini, personalization and diversity are of all lists together and have no interval.'));
}

/** What a longer list does to a metric by its definition, whatever the model. */
const BY_LENGTH = {
  hitrate: 'It can only rise with k: a longer list is more likely to hold an item.',
  recall: 'It can only rise with k: a longer list holds more of the items.',
  mrr: 'It can only rise with k: a later first hit still counts.',
  precision: 'It falls where k passes the number of held-out items, however good the list.',
  map: 'It divides by k and so falls with k, however good the list; map-normalized does not.',
  'map-normalized': 'It divides by min(held out, k): 1 is the best list at every k.',
  ndcg: '1 is the best list at every k.',
  coverage: 'It can only rise with k: longer lists name more items.',
};

function whiskers(c, all, name) {
  const shown = all.filter(a => isNumber(a.metrics[name]));
  const colour = i => i === 0 ? c.series[0] : c.series[4];
  return {
    tooltip: tip(c, {trigger: 'item', formatter: p => {
      const one = shown[p.data.at];
      const ends = interval(one, name);
      return `${encode(one.name)}<br>${name} <b>${figure(one.metrics[name])}</b>${ends ? `<br>95 %: ${figure(ends[0])} to ${figure(ends[1])}` : ''}`;
    }}),
    grid: named({top: 8, right: 30}),
    xAxis: xAxis(c, name, {min: 0, axisLabel: ticks(c, Math.max(0, ...shown.map(a => (interval(a, name) || [0, a.metrics[name]])[1]))), splitLine: {show: true, lineStyle: {color: c.grid}}}),
    yAxis: axis(c, {type: 'category', inverse: true, data: shown.map(a => a.name), axisLabel: {color: c.text}, axisLine: {show: false}, splitLine: {show: false}}),
    series: shown.flatMap((a, i) => {
      const ends = interval(a, name);
      const whisker = ends && {type: 'line', data: ends.map(x => ({value: [x, a.name], at: i})), symbol: 'rect', symbolSize: [2, 14],
        lineStyle: {color: colour(i), width: 3}, itemStyle: {color: colour(i)}};
      const point = {type: 'scatter', symbolSize: 13, data: [{value: [a.metrics[name], a.name], at: i}], itemStyle: {color: colour(i), borderColor: c.card, borderWidth: 2, opacity: 1}, z: 4,
        label: {show: true, position: 'top', distance: 5, color: c.text, fontWeight: i === 0 ? 650 : 400, formatter: () => figure(a.metrics[name])}};
      return whisker ? [whisker, point] : [point];
    }),
  };
}

function byCutOff(c, all, metric, ks) {
  const dashes = ['solid', 'dashed', 'dotted', [8, 3, 2, 3], [2, 2]];
  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle'];
  return {
    tooltip: tip(c, {trigger: 'axis', valueFormatter: figure}),
    legend: legend(c),
    grid: named({top: all.length > 3 ? 66 : 44}),
    xAxis: axis(c, {type: 'category', data: ks, name: 'k', nameLocation: 'middle', nameGap: 28, boundaryGap: false}),
    yAxis: yAxis(c, '', {min: 0, axisLabel: ticks(c, Math.max(0, ...all.flatMap(a => ks.map(k => a.metrics[`${metric}@${k}`]).filter(isNumber))))}),
    series: all.map((a, i) => ({type: 'line', name: a.name, data: ks.map(k => a.metrics[`${metric}@${k}`] ?? null), symbol: symbols[i % 5], symbolSize: 8,
      color: c.series[i % 5], lineStyle: {width: i === 0 ? 3 : 2, type: dashes[i % 5]}})),
  };
}

function metricTable(all, k) {
  const reference = all.find(a => a.name === 'popularity');
  const rows = metricNames().filter(m => all.some(a => isNumber(a.metrics[`${m}@${k}`]))).map(m => {
    const name = `${m}@${k}`;
    return [name, ...all.flatMap(a => {
      const ends = interval(a, name);
      const theirs = reference && reference.metrics[name];
      return [figure(a.metrics[name]), ...(reference && a !== reference ? [theirs > 0 && isNumber(a.metrics[name]) ? (a.metrics[name] / theirs).toFixed(2) : '–'] : []),
        ends ? el('small', {}, `${figure(ends[0])} – ${figure(ends[1])}`) : ''];
    })];
  });
  return table(`All metrics at k = ${k}`,
    names(['metric', ...all.flatMap(a => ['#' + a.name, ...(reference && a !== reference ? ['#× popularity'] : []), '95 %'])]), rows);
}

function costs(all) {
  const others = all.filter(a => a.details.modelMinusThis || isNumber(a.details.trainSeconds));
  if (others.length === 0) {
    return null;
  }
  const column = (texts, name) => texts(others.map(a => a.details[name]));
  const [training, lists, vectors, heap] = [column(secondsColumn, 'trainSeconds'), column(secondsColumn, 'recommendSeconds'),
    column(bytesColumn, 'vectorBytes'), column(bytesColumn, 'peakHeapBytes')];
  const rows = others.map((a, i) => {
    const paired = a.details.modelMinusThis;
    return [a.name,
      paired ? `${paired.mean >= 0 ? '+' : ''}${figure(paired.mean)} (${figure(paired.interval[0])} to ${figure(paired.interval[1])})` : '–',
      paired ? (paired.pValue < 0.001 ? '< 0.001' : paired.pValue.toFixed(3)) : '–',
      training[i], lists[i], vectors[i], heap[i],
      Object.entries(a.details.params || {}).map(([n, v]) => `${n} = ${plain(v)}`).join(', ') || '–'];
  });
  return folded(`How sure the order is, and what each baseline cost`,
    table(`map@10: ${ours()} minus the baseline, paired over the same users`,
      names(['baseline', '#difference (95 %)', '#p', '#training', '#lists', '#vectors', '#peak heap', 'parameters']), rows));
}
