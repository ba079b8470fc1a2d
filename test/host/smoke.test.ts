import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';

suite('The extension host', () => {
  test('knows the extension and can activate it', async () => {
    const extension = vscode.extensions.getExtension('responder-duty.responder-duty');
    assert.ok(extension, 'the extension is installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
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
