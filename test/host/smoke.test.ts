import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import type { ResponderDutyApi } from '../../src/shared/api.ts';

suite('The extension host', () => {
  test('knows the extension and can activate it', async () => {
    const extension = vscode.extensions.getExtension('responder-duty.responder-duty');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  test('gets an API by which another extension contributes a source', async () => {
    const extension = vscode.extensions.getExtension<ResponderDutyApi>('responder-duty.responder-duty');
    const api = await extension?.activate();
    assert.equal(api?.version, 1);
    const source = { id: 'acme.pager', label: 'Pager', poll: async () => [] };
    const registration = api.registerSource(source);
    assert.throws(() => api.registerSource(source), /registered already/u);
    registration.dispose();
    api.registerSource(source).dispose();
  });

  test('runs on a Node with an SQLite that can write', () => {
    assert.ok(Number(process.versions.node.split('.')[0]) >= 22, process.version);
    const database = new DatabaseSync(':memory:');
    database.exec('create table duty (name text) strict');
    database.prepare('insert into duty values (?)').run('Noor');
    assert.deepEqual({ ...database.prepare('select name from duty').get() }, { name: 'Noor' });
    database.close();
  });
});
