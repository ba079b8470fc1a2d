import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { proposal } from '../../support/build.ts';
import { fakeVscode } from '../../support/fakeVscode.ts';
import { repository } from '../../support/paths.ts';
import { person } from '../../support/vscodeStub.ts';

fakeVscode();
const { offerHandoff } = await import('../../../src/host/unfinishedHandoff.ts');

/** Files with a message that is not seen to pass `linkless`, once for each, and what it holds. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = {
  'a count or a length of time': [
    'src/commands/proposalCommands.ts',
    'src/host/change/boardPriority.ts',
    'src/host/convert/carryOut.ts',
    'src/host/journal/exportJournal.ts',
    'src/host/timebox/ask.ts',
    'src/host/timebox/logTime.ts',
    'src/host/unfinishedWrites.ts',
  ],
  'words of ours, or the name of a file of ours': [
    'src/engine.ts',
    'src/host/change/labelItems.ts',
    'src/host/gate/undoWrites.ts',
    'src/host/storeWords.ts',
    'src/wiring/openSession.ts',
  ],
  'an origin, which cannot hold a link': ['src/host/auth/signInFeed.ts'],
  'each title and each reason passes `inertTitle`': [
    'src/host/gate/tell.ts',
    'src/host/gate/tell.ts',
    'src/host/gate/tell.ts',
    'src/host/gate/tell.ts',
    'src/host/notices/sayNotice.ts',
    'src/host/timebox/ask.ts',
    'src/host/timebox/ask.ts',
    'src/host/timebox/doItNow.ts',
  ],
};

/** What stands in a text for all that is ours, inert, or a count. */
const OURS = "''";

/** The texts of the messages that may show a link: those with a value that is not seen to be inert where it stands. */
function openToLinks(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '');
  return Array.from(code.matchAll(/\bshow(?:Information|Warning|Error)Message\(/gu), ({ 0: call, index }) => {
    const text = expressionAt(code, index + call.length);
    // A name stands for what it was set to last; one that was set elsewhere for what nobody can see here.
    return /^\w+$/u.test(text) ? setTo(text, code.slice(0, index)) : text;
  }).filter((text) => !isSafe(text));
}

function isSafe(text: string): boolean {
  const shape = text
    .replaceAll(/'(?:[^'\\]|\\.)*'/gu, OURS)
    .replaceAll(/\b(?:(?:inertTitle|linkless|subjectOf)\([^()]*\)|\w+\.length\b)/gu, OURS)
    .replaceAll(/\s|,(?=\s*\))/gu, '')
    .replaceAll(/vscode\.l10n\.t\(''(?:,'')*\)/gu, OURS);
  return /^(?:linkless|inertTitle)\(/u.test(shape) || /^(?:[^?]+\?'':)?''$/u.test(shape);
}

function setTo(name: string, before: string): string {
  const start = before.lastIndexOf(`const ${name} =`);
  return start === -1 ? name : expressionAt(before, before.indexOf('=', start) + 1);
}

/** What stands in the code from there to the comma, bracket or semicolon that ends it. */
function expressionAt(code: string, start: number): string {
  let depth = 0;
  const tokens = /'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[([{]|[)\]}]|[,;]/gu;
  tokens.lastIndex = start;
  for (let token = tokens.exec(code); token !== null; token = tokens.exec(code)) {
    if (/^[([{]/u.test(token[0])) depth += 1;
    else if (depth === 0 && /^[)\]},;]/u.test(token[0])) return code.slice(start, token.index).trim();
    else if (/^[)\]}]/u.test(token[0])) depth -= 1;
  }
  return code.slice(start).trim();
}

test('a message that holds a value passes `linkless`, or somebody looked at what it holds', () => {
  const files = globSync('src/**/*.ts', { cwd: repository }).map((file) => file.replaceAll('\\', '/'));
  const found = files.flatMap((file) => openToLinks(readFileSync(join(repository, file), 'utf8')).map(() => file));
  assert.deepEqual(found.toSorted(), Object.values(LOOKED_AT).flat().toSorted());
});

for (const [code, isOpen] of [
  ["void vscode.window.showWarningMessage(vscode.l10n.t('Done.'), open);", false],
  ["void vscode.window.showWarningMessage(linkless(vscode.l10n.t('Done: {0}', title)), open);", false],
  ["const text = linkless(vscode.l10n.t('Done: {0}', title));\nawait vscode.window.showErrorMessage(text);", false],
  ["window.showInformationMessage(vscode.l10n.t('{0} of {1}', inertTitle(title), all.length), open);", false],
  ["void vscode.window.showInformationMessage(vscode.l10n.t('Done: {0}', title), open);", true],
  ["window.showInformationMessage(vscode.l10n.t('{0} by {1}', inertTitle(title), name));", true],
  ["const text = a ? vscode.l10n.t('Done.') : vscode.l10n.t('Done: {0}', b);\nshowErrorMessage(text, open);", true],
  ['function say(text: string) {\n  window.showErrorMessage(text);\n}', true],
  ['window.showErrorMessage(`${linkless(title)} ${name}`);', true],
  ["window.showErrorMessage([vscode.l10n.t('Done.'), name].join(' '));", true],
] as const)
  test(`a message ${isOpen ? 'that may show a link is found' : 'that shows none is let be'}: ${code}`, () => {
    assert.equal(openToLinks(code).length, isOpen ? 1 : 0);
  });

test('the names of people bring no link into the message about notes that were not posted', async () => {
  person.said.length = 0;
  const title = 'Handoff of [x](command:workbench.action.quit)';
  const stored = { proposal: proposal({ title }), approvedAt: undefined, states: [] };
  await offerHandoff(stored, { openHandoff: () => undefined, drop: () => undefined });
  assert.match(person.said.join(), /“Handoff of \[x\] \(command:/u);
});
