import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointerText } from '../../../src/core/pointer.ts';

test('what can be pointed at is kept as it was typed; what leads nowhere safe is not', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [' #billing ', '#billing'],
    ['@acme/billing', '@acme/billing'],
    ['acme/billing-app', 'acme/billing-app'],
    ['https://forms.corp.example/ask?team=billing', 'https://forms.corp.example/ask?team=billing'],
    ['the billing desk', 'the billing desk'],
    ['javascript:alert(1)', undefined],
    ['command:responder.done', undefined],
    ['https://noor:secret@corp.example/', undefined],
    ['', undefined],
    ['two\nlines', undefined],
    ['turned \u202eround', undefined],
    ['x'.repeat(301), undefined],
  ];
  for (const [typed, expected] of cases) assert.equal(pointerText(typed), expected, typed);
});
