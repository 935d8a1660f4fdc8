'use strict';
// Each chart as a file: its figures as CSV, its picture as PNG. Both are made in the page, which asks for nothing.

/**
 * A field by RFC 4180. Control characters are spelt out, and a text that a spreadsheet would take for a formula begins with an
 * apostrophe; ids and titles come from strangers.
 */
function field(value) {
  if (value === null || value === undefined) {
    return '';
  }
  let text = String(value).replace(/[\u0000-\u001f\u007f-\u009f]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
  if (/^[=+\-@]/.test(text) && !Number.isFinite(Number(text))) {
    text = "'" + text;
  }
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csv = rows => rows.map(row => row.map(field).join(',') + '\r\n').join('');

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el('a', {href: url, download: name, hidden: true});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Measures texts before they are drawn. */
const ruler = document.createElement('canvas').getContext('2d');

/** Draws what the colours mean, line by line; returns the height that it takes, and only that without a pen. */
function drawKey(pen, ruler, entries, top, width, ink) {
  let [x, y] = [16, top];
  for (const [colour, name] of entries) {
    const wide = 34 + ruler.measureText(name).width;
    if (x > 16 && x + wide > width) {
      [x, y] = [16, y + 20];
    }
    if (pen) {
      pen.fillStyle = colour;
      pen.fillRect(x, y - 10, 11, 11);
      pen.fillStyle = ink;
      pen.fillText(name, x + 17, y);
    }
    x += wide;
  }
  return entries.length === 0 ? 0 : y - top + 24;
}

/** The chart as it is drawn now, at twice its size, below its caption and above the run's id. */
function picture(one, caption) {
  const scale = 2;
  const [width, height] = [one.box.clientWidth, one.box.clientHeight];
  const copy = echarts.init(document.createElement('div'), null, {renderer: 'canvas', width, height, devicePixelRatio: scale});
  copy.setOption(one.option());
  const c = colours();
  const font = getComputedStyle(document.body).fontFamily;
  ruler.font = `12px ${font}`;
  const room = drawKey(null, ruler, one.key(c), 0, width, c.text);
  const canvas = el('canvas', {width: scale * (width + 32), height: scale * (height + room + 72)});
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  pen.fillStyle = c.card;
  pen.fillRect(0, 0, width + 32, height + room + 72);
  pen.fillStyle = c.text;
  pen.font = `600 16px ${font}`;
  pen.fillText(caption, 16, 28);
  pen.drawImage(copy.renderToCanvas({pixelRatio: scale, backgroundColor: c.card}), 16, 40, width, height);
  pen.font = `12px ${font}`;
  drawKey(pen, pen, one.key(c), height + 60, width, c.text);
  pen.fillStyle = c.soft;
  pen.fillText(`item2vec-spark, ${run ? `run ${run.runId}` : `runs ${data.first.runId} and ${data.second.runId}`}`, 16, height + room + 60);
  copy.dispose();
  return canvas;
}

/** The buttons of a chart; rows() gives its figures, the first row their names. */
function exports(one, caption, rows) {
  const name = kind => `${run ? run.runId : 'comparison'}-${caption.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')}.${kind}`;
  const button = (kind, what, make) => el('button', {type: 'button', 'aria-label': `${kind}: ${what} of “${caption}”`, onclick: make}, kind);
  return el('span', {class: 'exports'},
    button('CSV', 'the figures', () => save(new Blob([csv(rows())], {type: 'text/csv'}), name('csv'))),
    button('PNG', 'the picture', () => picture(one, caption).toBlob(blob => save(blob, name('png')), 'image/png')));
}
