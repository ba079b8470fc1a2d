import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Row } from '../../../../src/host/tree/row.ts';
import { fakeVscode } from '../../../support/fakeVscode.ts';

fakeVscode();
const { RowTree } = await import('../../../../src/host/tree/rowTree.ts');

function row(id: string, isChecked: boolean): Row {
  return {
    id,
    label: id,
    description: '',
    icon: { name: 'tag', color: undefined },
    contextValue: 'place',
    accessible: id,
    tooltip: [],
    command: undefined,
    children: [],
    checkbox: { isChecked, tooltip: isChecked ? 'Checked today' : 'Tick when you have checked it' },
  };
}

test('a row with a box shows whether it is ticked, in words as well', () => {
  const tree = new RowTree('openRow');
  tree.show([row('a', true), row('b', false)]);
  tree.getChildren();

  assert.deepEqual(
    ['a', 'b'].map((id) => tree.getTreeItem(id).checkboxState),
    [
      {
        state: 1,
        tooltip: 'Checked today',
        accessibilityInformation: { label: 'a, Checked today', role: 'checkbox' },
      },
      {
        state: 0,
        tooltip: 'Tick when you have checked it',
        accessibilityInformation: { label: 'b, Tick when you have checked it', role: 'checkbox' },
      },
    ],
  );
});

test('a box that was ticked and could not be kept goes back; what was kept is shown once', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const tree = new RowTree('openRow');
  const fired: (string[] | undefined)[] = [];
  tree.onDidChangeTreeData((ids) => fired.push(ids));
  tree.show([row('a', false), row('b', false)]);
  mock.timers.tick(250);
  tree.getChildren();
  fired.length = 0;

  tree.redraw(['a']);
  assert.deepEqual(fired, [], 'not before what was kept could be painted');
  mock.timers.tick(250);
  tree.redraw(['b']);
  tree.show([row('a', false), row('b', true)]);
  mock.timers.tick(250);
  mock.timers.tick(250);

  assert.deepEqual(fired, [['a'], ['b']]);
  mock.timers.reset();
});

test('a row that VS Code asks for anew is opened by the same command as before, which nothing has to be kept for', () => {
  const tree = new RowTree('openRow');
  const command = { command: 'responder.showProposal', title: 'Show Proposal' };
  tree.show([{ ...row('a', false), command }, row('b', false)]);
  tree.getChildren();

  assert.deepEqual(
    ['a', 'a', 'b'].map((id) => tree.getTreeItem(id).command),
    [{ command: 'openRow', title: 'Show Proposal' }, { command: 'openRow', title: 'Show Proposal' }, undefined],
  );
});
