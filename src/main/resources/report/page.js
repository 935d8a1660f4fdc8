'use strict';
// What a page is made of: elements, numbers as text, tables, sections, the theme. Text goes in as text, never as HTML.

const data = JSON.parse(document.getElementById('data').textContent);
const run = data.run;

/** el('p', {class: 'note'}, 'text', child, ...); attributes that are null or false are left out. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

const isNumber = value => typeof value === 'number' && Number.isFinite(value);

function whole(value) {
  return isNumber(value) ? Math.round(value).toLocaleString('en') : '–';
}

/** A figure of a metric, or anything else of four digits. */
function figure(value) {
  if (!isNumber(value)) {
    return '–';
  }
  return Math.abs(value) >= 100 ? value.toLocaleString('en', {maximumFractionDigits: 1}) : value.toFixed(4);
}

const percent = (value, digits = 1) => isNumber(value) ? (100 * value).toFixed(digits) + ' %' : '–';

function bytes(value) {
  if (!isNumber(value)) {
    return '–';
  }
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  let scaled = value;
  while (Math.abs(scaled) >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return (unit === 0 ? scaled.toLocaleString('en') : scaled.toPrecision(3)) + ' ' + units[unit];
}

/** A duration in its two largest units; a unit that is nought is left out: 7 days, 1 h 5 min, 2 min 3 s, 4.56 s. */
function seconds(value) {
  if (!isNumber(value)) {
    return '–';
  }
  if (value < 119.5) {
    return `${value.toFixed(value < 10 ? 2 : 1)} s`;
  }
  const units = [['day', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const largest = units.findIndex(([, size]) => value >= size - .5 * Math.min(60, size / 60));
  const least = units[Math.min(3, largest + 1)][1];
  let rest = least * Math.round(value / least);
  return units.slice(largest, largest + 2).flatMap(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${whole(count)} ${name}${name === 'day' && count > 1 ? 's' : ''}`];
  }).join(' ');
}

/** Texts of one column's values: one unit of [name, size, least value of the largest], as many decimals in each, so they line up. */
function aligned(values, units, most = 2) {
  const numbers = values.filter(isNumber).map(Math.abs);
  const unit = units.reduce((a, b) => Math.max(0, ...numbers) >= (b[2] ?? b[1]) ? b : a);
  const least = Math.min(...numbers.filter(v => v > 0)) / unit[1];
  const digits = unit[1] === 1 && numbers.every(Number.isInteger) ? 0 : Number.isFinite(least) ? Math.min(most, Math.max(0, 2 - Math.floor(Math.log10(least)))) : 0;
  return values.map(v => isNumber(v) ? `${(v / unit[1]).toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits})} ${unit[0]}`.trim() : '–');
}

const bytesColumn = values => aligned(values, [['bytes', 1], ['kB', 1e3], ['MB', 1e6], ['GB', 1e9], ['TB', 1e12], ['PB', 1e15]]);
const secondsColumn = values => aligned(values, [['s', 1], ['min', 60, 1000], ['h', 3600, 36000]]);

/** Numbers of one column; what goes over many powers of ten in powers of ten. Other values as they are. */
function numbersColumn(values) {
  const numbers = values.filter(isNumber);
  if (numbers.length === 0 || numbers.every(Number.isInteger)) {
    return values.map(v => isNumber(v) ? whole(v) : plain(v));
  }
  const sizes = numbers.filter(v => v !== 0).map(Math.abs);
  const wide = Math.max(...sizes) / Math.min(...sizes) > 1e4 || Math.min(...sizes) < 1e-3;
  return values.map(v => !isNumber(v) ? plain(v) : wide ? v.toExponential(2) : v.toFixed(4));
}

/** A parameter or another value of any type. */
function plain(value) {
  if (isNumber(value) && !Number.isInteger(value)) {
    return String(Number(value.toPrecision(6)));
  }
  return value === null || value === undefined ? '–' : String(value);
}

/** The title of an item, or its id; ids such as constructor are no properties of an object. */
const titleOf = item => (data.titles && Object.hasOwn(data.titles, item) && data.titles[item]) || item;

/**
 * A table. columns: [{name, number: true}], rows: arrays of text or elements, the first cell the row's header.
 * ours: index of the row to set off.
 */
function table(caption, columns, rows, ours = -1) {
  const heads = columns.map(c => el('th', {scope: 'col', class: c.number && 'number'}, c.name));
  const body = rows.map((row, i) => el('tr', {class: i === ours && 'ours'},
    row.map((cell, j) => el(j === 0 ? 'th' : 'td', {scope: j === 0 && 'row', class: columns[j].number && 'number'}, cell))));
  return el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
    el('table', {}, el('caption', {}, caption), el('thead', {}, el('tr', {}, heads)), el('tbody', {}, body)));
}

const names = columns => columns.map(c => c.startsWith('#') ? {name: c.slice(1), number: true} : {name: c});

/** A table that is opened on demand. */
function folded(summary, content) {
  return el('details', {class: 'data'}, el('summary', {}, summary), content);
}

function tile(name, value, small) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, value, small ? el('small', {}, small) : null));
}

/** Adds a section and its entry in the contents. */
function section(id, title, lead, ...content) {
  const element = el('section', {id, 'aria-labelledby': id + '-title'},
    el('h2', {id: id + '-title'}, title), lead ? el('p', {class: 'lead'}, lead) : null, ...content);
  document.getElementById('main').append(element);
  document.getElementById('contents').append(el('li', {}, el('a', {href: '#' + id}, title)));
  return element;
}

const labelled = (id, label, control) => el('div', {class: 'labelled'}, el('label', {for: id}, label), control);

function choice(id, label, options, chosen, changed) {
  const select = el('select', {id, onchange: () => changed(select.value)},
    options.map(o => el('option', {value: o.value ?? o, selected: String(o.value ?? o) === String(chosen)}, String(o.name ?? o))));
  return labelled(id, label, select);
}

const theme = {
  listeners: [],
  current: () => document.documentElement.dataset.theme,

  set(name, keep) {
    document.documentElement.dataset.theme = name;
    const button = document.getElementById('theme');
    const other = name === 'dark' ? 'Light' : 'Dark';
    button.querySelector('.label').textContent = other;
    button.setAttribute('aria-label', `${other} colours`);
    if (keep) {
      try {
        localStorage.setItem('item2vec-theme', name);
      } catch (e) {
        // a browser that keeps nothing for files: the next page follows the system again
      }
    }
    theme.listeners.forEach(listener => listener());
  },

  start() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    let kept = null;
    try {
      kept = localStorage.getItem('item2vec-theme');
    } catch (e) {
      // as above
    }
    theme.set(kept || (system.matches ? 'dark' : 'light'), false);
    system.addEventListener('change', () => kept || theme.set(system.matches ? 'dark' : 'light', false));
    document.getElementById('theme').addEventListener('click', () => {
      kept = theme.current() === 'dark' ? 'light' : 'dark';
      theme.set(kept, true);
    });
  },
};

/** Marks the entry of the section that is being read. */
function followReading() {
  const links = new Map([...document.querySelectorAll('#contents a')].map(a => [a.hash.slice(1), a]));
  const mark = id => links.forEach((link, name) => {
    if (name === id) {
      link.setAttribute('aria-current', 'true');
      const list = document.getElementById('contents');
      list.scrollTo({left: link.offsetLeft - list.clientWidth / 3});
    } else {
      link.removeAttribute('aria-current');
    }
  });
  const inSight = section => {
    const {top, bottom} = section.getBoundingClientRect();
    return bottom > 180 && top < innerHeight;
  };
  let marked = null;
  const look = () => {
    // who types or chooses is in the section of the control, wherever the page stands
    const used = document.activeElement.matches('input, select') ? document.activeElement.closest('section[id]') : null;
    let current = links.keys().next().value;
    for (const id of links.keys()) {
      if (document.getElementById(id).getBoundingClientRect().top < 180) {
        current = id;
      }
    }
    if (used && inSight(used)) {
      current = used.id;
    } else if (innerHeight + scrollY >= document.documentElement.scrollHeight - 4) {
      current = [...links.keys()].pop();
    }
    if (current !== marked) {
      marked = current;
      mark(current);
    }
  };
  addEventListener('scroll', look, {passive: true});
  document.addEventListener('focusin', look);
  look();
}
