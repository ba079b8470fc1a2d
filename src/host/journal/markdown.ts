import * as vscode from 'vscode';
import { inlineText, link, quote, remoteMarkdown } from '../../actions/remoteText.ts';
import type { Item } from '../../core/item.ts';
import type { JournalRow } from '../../core/journalView.ts';
import { oneLine, truncate } from '../../core/plainText.ts';
import type { Signal } from '../../core/signal.ts';
import type { SourceDeed } from '../../core/sourceEvent.ts';
import type { SourceFailure } from '../../core/sourceStatus.ts';
import type { TimelineEvent } from '../../core/timeline.ts';
import { failureText, kindText, serviceText } from '../words.ts';
import { deedText } from './deedWords.ts';
import { rowText, type Teller } from './words.ts';

const TEXT_LENGTH = 400;
/** Of one message; the whole is where it was said. */
const MESSAGE_LENGTH = 4000;

/** Rows, newest first, under their days; `heading` and `facts` are the host's own words. */
export function journalMarkdown(
  rows: readonly JournalRow[],
  teller: Teller,
  { heading, facts }: { readonly heading: string; readonly facts: readonly string[] },
): string {
  const lines = rows.map((row) => {
    const { day, title, by, ...text } = rowText(row, teller);
    const about = title === '' ? [] : [link(inlineText(title, TEXT_LENGTH), row.home)];
    const head = [inlineText(text.what, TEXT_LENGTH), ...about, ...(by === '' ? [] : [inlineText(by, TEXT_LENGTH)])];
    return { day, line: line(text, head, row.url) };
  });
  const parts = [`# ${inlineText(heading, TEXT_LENGTH)}`, ...facts.map((fact) => `_${inlineText(fact, TEXT_LENGTH)}_`)];
  return `${[...parts, ...byDay(lines, '\n')].join('\n\n')}\n`;
}

export interface TimelineText {
  readonly item: Item;
  readonly title: string;
  readonly events: readonly TimelineEvent[];
  /** What is missing, in the host's own words. */
  readonly notes: readonly string[];
}

/** An item's timeline, oldest first. What was said stands as a quotation, so that nothing in it reaches beyond it. */
export function timelineMarkdown({ item, title, events, notes }: TimelineText, teller: Teller): string {
  const heading = vscode.l10n.t('Timeline: {0}', oneLine(title, TEXT_LENGTH));
  const signals = item.signals.map(
    (signal) =>
      `- ${kindText(signal.kind)} · ${inlineText(signal.place, TEXT_LENGTH)} · ${link(inlineText(signal.title, TEXT_LENGTH), signal.url)}`,
  );
  const several = item.signals.length > 1;
  const lines = events.map((event) => ({
    day: teller.dayText(event.at),
    line: eventLine(event, several, teller),
  }));
  const parts = [
    `# ${inlineText(heading, TEXT_LENGTH)}`,
    signals.join('\n'),
    ...notes.map((note) => `_${inlineText(note, TEXT_LENGTH)}_`),
  ];
  return `${[...parts, ...byDay(lines, '\n\n')].join('\n\n')}\n`;
}

/** What was done to a signal is missing. */
export function unknownText({ service, place }: Signal, reason: SourceFailure): string {
  return vscode.l10n.t('What was done in {0} is missing: {1}', place, failureText(reason, serviceText(service)));
}

/** What was said in a signal is missing. */
export function unreadableText({ service, place }: Signal, reason: SourceFailure): string {
  return vscode.l10n.t('What was said in {0} is missing: {1}', place, failureText(reason, serviceText(service)));
}

interface DatedLine {
  readonly day: string;
  readonly line: string;
}

/** Days as they follow each other, and their lines. */
function byDay(lines: readonly DatedLine[], between: string): readonly string[] {
  return [...Map.groupBy(lines, ({ day }) => day)].flatMap(([day, group]) => [
    `## ${day}`,
    group.map((each) => each.line).join(between),
  ]);
}

function line(
  { time, more }: { readonly time: string; readonly more: readonly string[] },
  head: readonly string[],
  url: string | undefined,
): string {
  const left = url === undefined ? [] : [link(vscode.l10n.t('link'), url)];
  const below = more.map((text) => `  - ${inlineText(text, TEXT_LENGTH * 5)}`);
  return [`- **${time}** ${[...head, ...left].join(' · ')}`, ...below].join('\n');
}

function eventLine(event: TimelineEvent, several: boolean, teller: Teller): string {
  if (event.type === 'did') return ownLine(event.row, teller);
  const { signal } = event;
  const time = teller.timeText(event.at);
  const isOne = event.type === 'said' || event.type === 'happened';
  const where = several || !isOne ? [inlineText(signal.place, TEXT_LENGTH)] : [];
  if (event.type === 'happened') return line({ time, more: [] }, [...happened(event.event), ...where], event.event.url);
  if (event.type === 'said') {
    const { author, markdown, url, deed } = event.message;
    const head = [...happened({ who: author.name, deed }), ...where];
    const said = quote(remoteMarkdown(truncate(markdown, MESSAGE_LENGTH)));
    return `${line({ time, more: [] }, head, url)}\n\n${indented(said)}`;
  }
  return line({ time, more: [] }, [sourceText(event), ...where], signal.url);
}

/** Who did what, of which parts were written by others. */
function happened({
  who,
  deed,
}: {
  readonly who?: string | undefined;
  readonly deed: SourceDeed | undefined;
}): string[] {
  return [
    ...(who === undefined ? [] : [`**${inlineText(who, TEXT_LENGTH)}**`]),
    ...(deed === undefined ? [] : [inlineText(deedText(deed), TEXT_LENGTH)]),
  ];
}

function ownLine(row: JournalRow, teller: Teller): string {
  const { what, by, ...text } = rowText(row, teller);
  const head = [...(by === '' ? [] : [`**${inlineText(by, TEXT_LENGTH)}**`]), inlineText(what, TEXT_LENGTH)];
  return line(text, head, row.url);
}

function sourceText(event: Extract<TimelineEvent, { type: 'began' | 'spoke' | 'closed' }>): string {
  switch (event.type) {
    case 'began': {
      const { author, kind } = event.signal;
      const what = kindText(kind);
      return inlineText(author === undefined ? what : vscode.l10n.t('{0} by {1}', what, author.name), TEXT_LENGTH);
    }
    case 'spoke':
      return inlineText(vscode.l10n.t('{0} spoke', event.who), TEXT_LENGTH);
    case 'closed':
      return event.isBy ? vscode.l10n.t('Closed by then') : vscode.l10n.t('Closed');
  }
}

/** Below the list item that it belongs to. */
function indented(text: string): string {
  return text.replaceAll(/^/gmu, '  ');
}
