/** What begins a name that is no address: the whole set of an alert's labels, which is what makes it the alert it is. */
const PREFIX = 'alert:';
const MAX_LENGTH = 4000;
const MAX_LABELS = 64;
/** Points nowhere, and says that what is spoken of is not one alert. */
const SEVERAL = `${PREFIX}several`;

const FILTER_LINK = /https?:\/\/[^\s<>|"]{1,500}#\/(?:silences\/new|alerts)\?[^\s<>|"]{0,6000}/giu;
const MATCHER = /\s*([a-z_]\w{0,199})="((?:[^"\\]|\\.)*)"\s*(?:,|$)/iuy;
const LABEL_LINE = /^\s*[-•*]\s*([a-z_]\w{0,199})\s*=\s?(.*)$/iu;

/** The name of the alert that has exactly these labels; undefined when it would be too long. */
export function alertName(labels: ReadonlyMap<string, string>): string | undefined {
  if (labels.size === 0 || labels.size > MAX_LABELS) return undefined;
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  const name = `${PREFIX}${JSON.stringify(sorted)}`;
  return name.length > MAX_LENGTH ? undefined : name;
}

/**
 * The alerts that a message of a bot is about, by all their labels: as its link to silence them tells (the page of
 * Alertmanager, `#/silences/new?filter={name="value",…}`), or the list under `Labels:` that Alertmanager's usual text
 * has. https://github.com/prometheus/alertmanager/blob/main/template/default.tmpl
 */
export function alertNamesIn(text: string): readonly string[] {
  const sets = [...Array.from(text.matchAll(FILTER_LINK), ([link]) => labelsOfLink(link)), ...labelLists(text)];
  return oneAlert(
    sets.map((labels) => (labels === undefined ? undefined : alertName(labels))).filter((name) => name !== undefined),
  );
}

/** Of what points to alerts: that of the only one, or what says that there are several. The rest stays. */
export function oneAlert(mentions: readonly string[]): readonly string[] {
  const alerts = new Set(mentions.filter((mention) => mention.startsWith(PREFIX)));
  if (alerts.size <= 1) return [...new Set(mentions)];
  return [...new Set(mentions.filter((mention) => !alerts.has(mention))), SEVERAL];
}

function labelsOfLink(link: string): ReadonlyMap<string, string> | undefined {
  const filter = new URLSearchParams(link.slice(link.indexOf('?') + 1)).get('filter')?.trim();
  if (filter?.startsWith('{') !== true || !filter.endsWith('}')) return undefined;
  const inner = filter.slice(1, -1);
  const labels = new Map<string, string>();
  const matcher = new RegExp(MATCHER);
  while (matcher.lastIndex < inner.length) {
    const [, name, value] = matcher.exec(inner) ?? [];
    // A pattern, or a label that must not be: not the labels of one alert.
    if (name === undefined || value === undefined) return undefined;
    labels.set(
      name,
      value.replace(/\\(.)/gu, (_, char: string) => (char === 'n' ? '\n' : char)),
    );
  }
  return labels;
}

function labelLists(text: string): readonly ReadonlyMap<string, string>[] {
  const lists: Map<string, string>[] = [];
  let list: Map<string, string> | undefined;
  for (const line of text.split('\n').slice(0, 500)) {
    const [, name, value] = LABEL_LINE.exec(line) ?? [];
    if (/^\W*labels\W*$/iu.test(line)) {
      list = new Map();
      lists.push(list);
    } else if (name === undefined || value === undefined) list = undefined;
    else list?.set(name, value.trim());
  }
  return lists;
}
