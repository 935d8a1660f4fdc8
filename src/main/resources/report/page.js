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

function seconds(value) {
  if (!isNumber(value)) {
    return '–';
  }
  if (value >= 3600) {
    return `${Math.floor(value / 3600)} h ${Math.round(value % 3600 / 60)} min`;
  }
  return value >= 120 ? `${Math.floor(value / 60)} min ${Math.round(value % 60)} s` : `${value.toFixed(value < 10 ? 2 : 1)} s`;
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
  const look = () => {
    let current = links.keys().next().value;
    for (const id of links.keys()) {
      if (document.getElementById(id).getBoundingClientRect().top < 180) {
        current = id;
      }
    }
    if (innerHeight + scrollY >= document.documentElement.scrollHeight - 4) {
      current = [...links.keys()].pop();
    }
    mark(current);
  };
  addEventListener('scroll', look, {passive: true});
  look();
}
