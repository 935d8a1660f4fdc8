'use strict';
// Which points of the map bear their names: the first of a list, as many as do not lie on one another.

function textWidth(text) {
  ruler.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}

const shortened = title => title.length > 26 ? title.slice(0, 25) + '…' : title;

/** ECharts remembers texts as the keys of an object: with a hair space after it, __proto__ is a text as any other. */
const drawnText = item => shortened(titleOf(item)) + '\u200a';

/**
 * {item: side} of the items, by their order, that get a label. at(item) is a point in pixels, or null where it is out of sight;
 * gap is how far a label stands from its point.
 */
function landmarks(items, at, width, most, gap = 8) {
  const taken = [];
  const sides = new Map();
  for (const item of items) {
    const point = at(item);
    if (sides.size === most) {
      break;
    }
    if (point === null) {
      continue;
    }
    const wide = textWidth(drawnText(item.id)) + 4;
    const boxes = [['right', point.x + gap, point.x + gap + wide], ['left', point.x - gap - wide, point.x - gap]];
    const free = boxes.find(([, from, to]) => from >= 0 && to <= width
      && taken.every(t => Math.abs(t.y - point.y) > 17 || t.to < from || t.from > to));
    if (free) {
      taken.push({y: point.y, from: Math.min(free[1], point.x), to: Math.max(free[2], point.x)});
      sides.set(item.at, free[0]);
    }
  }
  return sides;
}
