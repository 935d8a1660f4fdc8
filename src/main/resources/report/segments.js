'use strict';
// The metrics by segment: users by activity, items by popularity.

const SEGMENTS = {
  head: 'head: the most popular, up to a fifth of the ratings',
  middle: 'middle: up to four fifths',
  tail: 'tail: the rest',
  new: 'new: not in the train part',
};

function segments() {
  if (!run.segments) {
    return;
  }
  const all = contenders().map((a, i) => ({key: i === 0 ? 'model' : a.name, name: a.name})).filter(a => run.segments[a.key]);
  if (all.length === 0 || segmentTables(run.segments[all[0].key]).length === 0) {
    return;
  }
  const body = el('div', {});
  const show = key => body.replaceChildren(...segmentTables(run.segments[key]));
  section('segments', 'Segments', 'Whom the lists serve, and which items: the same metrics for users by their ratings in the train part, '
    + 'and for held-out items by their popularity.',
    all.length > 1 ? el('div', {class: 'controls'},
      choice('segments-choice', 'Lists of', all.map(a => ({value: a.key, name: a.name})), all[0].key, show)) : null,
    body,
    el('p', {class: 'soft small'}, '± is the standard error of a mean over users. Recall by popularity counts each held-out item once, whoever’s it is. '
      + 'Segments of a few users or items say little.'));
  show(all[0].key);
}

function segmentTables(one) {
  const at = `@${one.k}`;
  const shown = ['hitrate', 'recall', 'ndcg', 'map'].map(m => m + at);
  return [
    one.users.length === 0 ? null : table('Users by ratings in the train part', names(['ratings', '#users', ...shown.map(m => '#' + m)]),
      one.users.map(u => [u.trainRows.replace('-', ' – '), whole(u.users), ...shown.map(m => el('span', {}, figure(u.metrics[m]),
        isNumber(u.errors[m]) ? el('small', {}, ` ± ${figure(u.errors[m])}`) : null))])),
    one.items.length === 0 ? null : table('Held-out items by popularity', names(['items', '#number', '#of the ratings', '#of the places', '#held out', `#recall${at}`]),
      one.items.map(i => [SEGMENTS[i.segment] || i.segment, whole(i.items), percent(i.rowShare), percent(i.placeShare), whole(i.heldOut), figure(i.recall)])),
  ].filter(t => t !== null);
}
