'use strict';
// The tuning study: how it went, what the parameters do, every trial.

function study() {
  const s = data.study;
  if (!s) {
    return;
  }
  const trials = s.trials;
  const complete = trials.filter(t => t.state === 'complete');
  if (complete.length === 0) {
    return;
  }
  let best = -Infinity;
  const running = trials.map(t => best = t.state === 'complete' ? Math.max(best, t.value) : best).map(v => Number.isFinite(v) ? v : null);
  const top = complete.reduce((a, b) => b.value > a.value ? b : a);
  const tuning = run.tuning || {};
  const importances = Object.entries(tuning.importances || {});
  const gain = tuning.gainOnTest;
  section('study', 'Tuning study',
    `${trials.length} trials, measured by ${s.metric} on the ${tuning.on} items: ${complete.length} complete, ${trials.filter(t => t.state === 'pruned').length} stopped early, `
    + `${trials.filter(t => t.state === 'fail').length} failed. The best is trial ${top.number} with ${figure(top.value)}; the defaults (trial 0) have ${figure(tuning.default && tuning.default.value)}.`,
    gain ? el('p', {class: 'note info'}, el('strong', {}, 'On the test part, '), `read once, the best parameters are ${gain.mean >= 0 ? 'ahead of' : 'behind'} the defaults by ${figure(Math.abs(gain.mean))} in ${s.metric} `
      + `(95 %: ${figure(gain.interval[0])} to ${figure(gain.interval[1])}, p ${gain.pValue < 0.001 ? '< 0.001' : '= ' + gain.pValue.toFixed(3)}).`) : null,
    el('div', {class: 'two'},
      chart('History', 'Each trial’s value and the best so far.', `The best value so far rises to ${figure(top.value)} in trial ${top.number}`, c => ({
        tooltip: tip(c, {trigger: 'item', formatter: p => p.seriesType === 'line' ? `best so far <b>${figure(p.value[1])}</b>` : trialTip(trials[p.data.at])}),
        legend: legend(c), grid: named({top: 44}),
        xAxis: xAxis(c, 'trial', {min: -0.5, max: trials.length - .5, minInterval: 1, axisLabel: {color: c.soft, showMinLabel: false, showMaxLabel: false}}),
        yAxis: yAxis(c, '', {scale: true, axisLabel: ticks(c, range(trials.map(t => t.value ?? t.last)))}),
        series: [
          {type: 'line', name: 'best so far', step: 'end', symbol: 'none', color: c.series[1], lineStyle: {width: 2.5}, data: running.map((v, i) => [i, v])},
          {type: 'scatter', name: 'complete', color: c.series[0], symbolSize: 9, data: complete.map(t => ({at: t.number, value: [t.number, t.value]}))},
          {type: 'scatter', name: 'stopped early', symbol: 'emptyTriangle', color: c.series[4], symbolSize: 9, data: trials.filter(t => t.state === 'pruned').map(t => ({at: t.number, value: [t.number, t.last]}))},
        ],
      }), {rows: () => [['trial', 'state', s.metric, 'best so far'], ...trials.map((t, i) => [t.number, t.state, t.value ?? t.last, running[i]])]}),
      importances.length === 0 ? null : chart('What decides', 'Share of each parameter in being among the best tenth (PED-ANOVA, Optuna’s default).', importances.map(([n, v]) => `${n}: ${percent(v)}`).join('; '), c => ({
        tooltip: tip(c, {trigger: 'item', formatter: p => `${encode(p.name)}: <b>${percent(p.value)}</b>`}),
        grid: {left: 8, right: 64, top: 6, bottom: 6, containLabel: true},
        xAxis: axis(c, {type: 'value', show: false}),
        yAxis: axis(c, {type: 'category', inverse: true, data: importances.map(i => i[0]), axisLabel: {color: c.text}, axisLine: {show: false}}),
        series: [{type: 'bar', barMaxWidth: 20, color: c.series[0], itemStyle: {borderRadius: 3}, data: importances.map(i => i[1]), label: {show: true, position: 'right', color: c.text, formatter: p => percent(p.value)}}],
      }), {rows: () => [['parameter', 'importance'], ...importances]})),
    el('h3', {}, 'Each parameter against the metric'),
    el('div', {class: 'two'}, s.space.map(parameter => against(s, parameter, complete, top))),
    folded('Every trial', trialTable(s)));
}

function range(values) {
  const numbers = values.filter(isNumber);
  return Math.max(...numbers) - Math.min(...numbers);
}

function trialTip(t) {
  const params = Object.entries(t.params).map(([n, v]) => `${encode(n)} = ${encode(plain(v))}`).join('<br>');
  return `<b>trial ${t.number}</b>, ${t.state}: ${figure(t.value ?? t.last)}<br>${params}`;
}

/** One parameter: a point a complete trial that has it. */
function against(s, parameter, complete, top) {
  const having = complete.filter(t => t.params[parameter.name] !== undefined);
  const positions = parameter.choices && parameter.choices.map(plain);
  const value = t => positions ? positions.indexOf(plain(t.params[parameter.name])) : t.params[parameter.name];
  return chart(parameter.name, parameter.log ? 'logarithmic scale' : null, `${having.length} complete trials by ${parameter.name}; the best has ${plain(top.params[parameter.name])}`, c => ({
    tooltip: tip(c, {trigger: 'item', formatter: p => trialTip(s.trials[p.data.at])}),
    grid: {left: 8, right: 18, top: 14, bottom: 8, containLabel: true},
    xAxis: positions ? axis(c, {type: 'category', data: positions}) : axis(c, {type: parameter.log ? 'log' : 'value', min: parameter.low, max: parameter.high, splitLine: {show: false}, axisLabel: {color: c.soft, hideOverlap: true, formatter: plain}}),
    yAxis: axis(c, {type: 'value', scale: true, splitNumber: 4, axisLabel: ticks(c, range(having.map(t => t.value)))}),
    series: [{type: 'scatter', symbolSize: t => t === null ? 8 : 8, data: having.map(t => ({at: t.number, value: [value(t), t.value], symbolSize: t === top ? 14 : 8,
      itemStyle: {color: t === top ? c.series[1] : c.series[0], opacity: t === top ? 1 : .7}}))}],
  }), {height: '13rem', rows: () => [['trial', parameter.name, s.metric], ...having.map(t => [t.number, t.params[parameter.name], t.value])]});
}

function trialTable(s) {
  const parameters = s.space.map(p => p.name);
  const columns = parameters.map(p => numbersColumn(s.trials.map(t => t.params[p])));
  return table('Trials', names(['trial', 'state', '#' + s.metric, '#seconds', '#epochs', ...parameters.map(p => '#' + p), 'note']),
    s.trials.map((t, i) => [String(t.number), t.state, figure(t.value), isNumber(t.seconds) ? t.seconds.toFixed(2) : '–', plain(t.steps), ...columns.map(column => column[i]),
      t.error || (t.reuses !== undefined ? `as trial ${t.reuses}` : '')]));
}
