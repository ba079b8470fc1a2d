import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceRegistry } from '../../../src/shared/contributed.ts';

const source = { id: 'acme.pager', label: 'Pager', poll: async () => [] };

test('a source is there until it is disposed', () => {
  const registry = new SourceRegistry();
  const came: string[] = [];
  const stop = registry.onDidRegister((id) => came.push(id));
  const registration = registry.api.registerSource(source);
  assert.equal(registry.find('acme.pager'), source);

  registration.dispose();
  assert.equal(registry.find('acme.pager'), undefined);

  stop();
  const again = registry.api.registerSource({ ...source });
  registration.dispose();
  assert.notEqual(registry.find('acme.pager'), undefined, 'an old registration takes no new one away');
  again.dispose();
  assert.deepEqual(came, ['acme.pager']);
});

test('two sources cannot have one id', () => {
  const { api } = new SourceRegistry();
  api.registerSource(source);
  assert.throws(() => api.registerSource({ ...source }), /registered already/u);
});

test('what is no source is refused, with what is missing', () => {
  const { api } = new SourceRegistry();
  const wrong: readonly unknown[] = [
    undefined,
    null,
    'acme.pager',
    {},
    { ...source, id: '' },
    { ...source, id: 'acme pager' },
    { ...source, id: '../x' },
    { ...source, id: 'a'.repeat(101) },
    { ...source, label: ' ' },
    { ...source, label: 7 },
    { ...source, poll: undefined },
  ];
  for (const each of wrong)
    assert.throws(() => api.registerSource(each as typeof source), TypeError, JSON.stringify(each));
  assert.equal(api.version, 1);
});
