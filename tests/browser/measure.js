// SPDX-License-Identifier: Apache-2.0
// What a page is measured by. Each function gives plain values; checks.py judges them.

const isShown = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

/** What a person may call an element by. */
const nameOf = element => {
  const article = element.closest('article');
  const own = element.id || element.getAttribute('class') || '';
  return `${article && article !== element ? article.id + ' ' : ''}${element.localName}${own ? '.' + own : ''}`;
};

const openDetails = () => document.querySelectorAll('details').forEach(details => { details.open = true; });

/** Pixels by which the page is wider than its window, and the elements that reach beyond it, outside of what scrolls. */
const findOverflow = width => {
  const scrolls = element => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const beyond = [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && !element.ownerSVGElement && (box.right > width + 1 || box.left < -1) && !scrolls(element);
  });
  return {by: document.scrollingElement.scrollWidth - width, beyond: beyond.map(nameOf)};
};

const pictures = () => [...document.querySelectorAll('svg')].filter(
    svg => isShown(svg) && !svg.ownerSVGElement && svg.closest('[aria-hidden=true]') === null);

/** Corners on the page of a text's letters. Capitals and digits leave the uppermost 0.17 em of its line empty. */
const cornersOf = text => {
  const box = text.getBBox(), matrix = text.getScreenCTM();
  const empty = Math.min(0.17 * parseFloat(getComputedStyle(text).fontSize), box.height / 2);
  const top = box.y + empty, bottom = box.y + box.height, right = box.x + box.width;
  return [[box.x, top], [right, top], [right, bottom], [box.x, bottom]].map(([x, y]) => {
    const point = new DOMPoint(x, y).matrixTransform(matrix);
    return [point.x + scrollX, point.y + scrollY];
  });
};

const textsOf = svg => [...svg.querySelectorAll('text')].filter(text => text.textContent.trim() && isShown(text)).map(text => {
  const style = getComputedStyle(text), matrix = text.getScreenCTM();
  const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  return {words: text.textContent.trim(), size: parseFloat(style.fontSize) * scale, corners: cornersOf(text),
          weight: Number(style.fontWeight), fill: style.fill, opacity: Number(style.fillOpacity) * Number(style.opacity)};
});

const extentAlong = (corners, [x, y]) => {
  const along = corners.map(corner => corner[0] * x + corner[1] * y);
  return [Math.min(...along), Math.max(...along)];
};

/** Pixels by which two boxes, which may be turned, reach into each other; 0 if they do not. */
const overlapOf = (one, other) => {
  let least = Infinity;
  for (const corners of [one, other])
    for (const [from, to] of [[0, 1], [1, 2]]) {
      const x = corners[to][0] - corners[from][0], y = corners[to][1] - corners[from][1], length = Math.hypot(x, y);
      if (length === 0) return 0;
      const first = extentAlong(one, [x / length, y / length]), second = extentAlong(other, [x / length, y / length]);
      least = Math.min(least, Math.min(first[1], second[1]) - Math.max(first[0], second[0]));
    }
  return Math.max(0, least);
};

/** Pairs of texts of one picture that lie over each other by more than `allowed` pixels. */
const findCollisions = allowed => pictures().flatMap(svg => {
  const texts = textsOf(svg), found = [];
  texts.forEach((text, i) => texts.slice(i + 1).forEach(other => {
    const by = overlapOf(text.corners, other.corners);
    if (by > allowed) found.push({picture: nameOf(svg), words: [text.words, other.words], by});
  }));
  return found;
});

/** Texts that reach out of their picture by more than `allowed` pixels, or `spilt` where the picture shows what lies
    around it and nothing is cut off yet. */
const findCut = (allowed, spilt) => pictures().flatMap(svg => {
  const most = getComputedStyle(svg).overflow === 'visible' ? spilt : allowed;
  const box = svg.getBoundingClientRect();
  return textsOf(svg).map(text => {
    const across = extentAlong(text.corners, [1, 0]), down = extentAlong(text.corners, [0, 1]);
    const by = Math.max(box.left + scrollX - across[0], across[1] - box.right - scrollX, box.top + scrollY - down[0],
                        down[1] - box.bottom - scrollY);
    return {picture: nameOf(svg), words: text.words, by};
  }).filter(text => text.by > most);
});

const listTexts = () => pictures().flatMap(svg => textsOf(svg).map(text => ({picture: nameOf(svg), ...text})));

/** The smallest text of the page's own, outside of pictures. */
const listSizes = () => {
  const sizes = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && !element.closest('svg, style, script') && isShown(element))
      sizes.push({where: nameOf(element), words: walker.currentNode.data.trim().slice(0, 40),
                  size: parseFloat(getComputedStyle(element).fontSize)});
  }
  return sizes;
};

/** Leaves the halos around texts and all that lies below them. */
const hideLetters = () => {
  const style = document.createElement('style');
  style.id = 'hidden-letters';
  style.textContent = 'svg text, svg tspan { fill: transparent !important; transition: none !important; }';
  document.head.append(style);
};
const showLetters = () => document.getElementById('hidden-letters').remove();

const labelOf = svg => {
  const titles = [...svg.children].filter(child => child.localName === 'title').map(child => child.textContent.trim());
  const named = (svg.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean).map(
      id => (document.getElementById(id) || {textContent: ''}).textContent.trim());
  return svg.getAttribute('aria-label') || named.join(' ').trim() || titles.join(' ');
};

/** Each picture for people: its role and name. */
const listPictures = () => pictures().map(svg => ({picture: nameOf(svg), role: svg.getAttribute('role'), name: labelOf(svg)}));

/** Each figure: how many variants show, and rows of numbers beside it. */
const listFigures = () => [...document.querySelectorAll('figure')].map(figure => {
  const whole = figure.closest('article') || figure;
  return {figure: nameOf(figure), id: whole.id, variants: figure.querySelectorAll('svg').length,
          shown: [...figure.querySelectorAll('svg')].filter(isShown).length,
          rows: [...whole.querySelectorAll('table')].reduce((sum, table) => sum + table.querySelectorAll('tbody tr').length, 0)};
});

const listHeadings = () => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(isShown).map(
    heading => ({level: Number(heading.localName[1]), words: heading.textContent.trim()}));

const listScripts = () => [...document.querySelectorAll('*')].flatMap(element => [
  ...(element.localName === 'script' ? ['a script'] : []),
  ...[...element.attributes].filter(({name, value}) => /^on/.test(name) || /^\s*javascript:/i.test(value)).map(
      ({name}) => `${nameOf(element)} has ${name}`),
]);

const listIds = () => {
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  return {twice: ids.filter((id, i) => ids.indexOf(id) !== i),
          missing: [...document.querySelectorAll('*')].flatMap(element => [...element.attributes].flatMap(
              ({value}) => [...value.matchAll(/url\(["']?#([^)"']+)["']?\)/g)].map(match => match[1]))).filter(id => !ids.includes(id))};
};

/** Shapes that hold elements, which nobody sees: a tag that was to close itself did not. */
const listSwallowed = () => [...document.querySelectorAll(
    ':is(path, rect, circle, ellipse, line, polyline, polygon) > :not(title, desc, animate)')].map(
        element => `${nameOf(element.closest('svg'))} has ${element.localName} in ${element.parentElement.localName}`);

/** Numbers in headings, captions and the answer that a line's end tears from their percent sign. */
const listTorn = () => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest('h1, h2, h3, .answer, figcaption') || !isShown(node.parentElement)) continue;
    for (const match of node.data.matchAll(/\d\s%/g)) {
      const tops = [match.index, match.index + 2].map(at => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect().top;
      });
      if (Math.abs(tops[0] - tops[1]) > 2)
        found.push(`${nameOf(node.parentElement)}: ${node.data.slice(Math.max(0, match.index - 20), match.index + 4)}`);
    }
  }
  return found;
};

const countNodes = () => document.querySelectorAll('svg, svg *').length;

/** Marks, which print but take no room, at the start and end of each figure; gives how many figures there are. */
const markFigures = () => {
  const markAt = (element, word, edge) => {
    const mark = document.createElement('span');
    mark.textContent = word;
    mark.style.cssText = `position:absolute;left:0;${edge}:0;font:2px/2px sans-serif;color:#000;opacity:1`;
    element.style.position = 'relative';
    element.append(mark);
  };
  const figures = [...document.querySelectorAll('figure')];
  figures.forEach((figure, i) => {
    const heading = (figure.closest('article') || figure).querySelector('h2, h3, h4, figcaption');
    markAt(heading, `qqhead${i}qq`, 'top');
    markAt(figure, `qqtop${i}qq`, 'top');
    markAt(figure, `qqend${i}qq`, 'bottom');
    figure.querySelectorAll('svg').forEach(svg => {
      const box = svg.viewBox.baseVal;
      for (const [word, y] of [['above', box.y + 2], ['below', box.y + box.height - 1]]) {
        const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('style', 'font:2px sans-serif;fill:#000');
        text.setAttribute('x', box.x + 1);
        text.setAttribute('y', y);
        text.textContent = `qq${word}${i}qq`;
        svg.append(text);
      }
    });
  });
  return figures.map(nameOf);
};
