/** Our own line drawings on a 16 × 16 grid, in the colour of the text around them. */
const PATHS = {
  up: 'M8 13V3.5M3.5 8 8 3.5 12.5 8',
  down: 'M8 3v9.5M3.5 8 8 12.5 12.5 8',
  moveTo: 'M2.5 3.5h11M2.5 12.5h5M2.5 8h4.5M9.5 8h4M11.5 5.8 13.7 8l-2.2 2.2',
  remove: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  add: 'M8 3v10M3 8h10',
  grip: 'M6 3.5v.01M6 8v.01M6 12.5v.01M10 3.5v.01M10 8v.01M10 12.5v.01',
  copy: 'M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8z',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M11.8 1.6v3h-3',
  message: 'M2.5 3.5h11v7.5H7.2L4.5 13.5V11h-2z',
  issue: 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M8 7.3a.7.7 0 1 1 0 1.4.7.7 0 0 1 0-1.4',
  done: 'M3 8.5 6.5 12 13 4.5',
  failed: 'M8 2.5 14 13.5H2zM8 6.5v3.2M8 11.7v.01',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

/** A decorative icon; what it means is said by the label of what holds it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = {
    viewBox: '0 0 16 16',
    width: '16',
    height: '16',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': name === 'grip' ? '1.8' : '1.2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
