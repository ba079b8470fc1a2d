import { isAsked, isTold } from './conversion.ts';
import { refresh } from './day.ts';
import { showCoverage, THREAD, workTheDay } from './dayStates.ts';
import type { Stage } from './scenes.ts';

/** Every state that has a look of its own, one after another, in a side bar of the usual width. */
export async function showStates(stage: Stage): Promise<void> {
  await showNotice(stage);
  await showGroups(stage);
  await showTimebox(stage);
  await showFilter(stage);
  await showFailure(stage);
  await showBudget(stage);
}

async function clear({ window }: Stage): Promise<void> {
  await window.command('Notifications: Clear All Notifications');
}

async function showNotice(stage: Stage): Promise<void> {
  // A message goes by itself, but not while the pointer is on it.
  const toast = await isTold(stage.window, /critical|late|run out|respond/u);
  await toast.hover();
  await stage.shoot('notice');
  await clear(stage);
}

async function showGroups(stage: Stage): Promise<void> {
  const { window, queue, shoot } = stage;
  await workTheDay(stage);
  for (const group of [/^Snoozed/u, /^Owned by others/u, /^Done today/u]) await queue.expand(group);
  await window.page.mouse.move(900, 700);
  await shoot('groups');
}

async function showTimebox(stage: Stage): Promise<void> {
  const { window, clock, shoot } = stage;
  const sleep = async (minutes: number): Promise<void> => {
    await clock.sleep(minutes);
    await refresh(stage);
    await isTold(window, 'this machine slept');
    await window.answerToast('this machine slept', 'Count Time');
  };
  await sleep(25);
  await isTold(window, /\d min of 30 min left/u);
  await shoot('timebox-eighty');
  await clear(stage);
  await sleep(12);
  await isTold(window, 'the 30 min are over');
  await shoot('timebox-over', () => window.statusBar('responder.timebox').hover());
  await clear(stage);
}

async function showFilter(stage: Stage): Promise<void> {
  const { window, queue, shoot } = stage;
  const input = window.quickInput();
  await window.command('Responder: Filter Queue…');
  await input.title.getByText('Filter Queue').waitFor();
  await window.page.keyboard.type('is:late place:');
  await shoot('filter-typing');
  await input.input.fill('is:late');
  await window.keys('Enter');
  await queue.pane().locator('.message').filter({ hasText: 'Filter: is:late' }).waitFor();
  await shoot('filter-kept');
  await window.command('Responder: Filter Queue…');
  await input.title.getByText('Filter Queue').waitFor();
  await input.input.fill('no such words anywhere');
  await window.keys('Enter');
  await queue.welcome().getByText('No item matches the filter.').waitFor();
  await shoot('filter-empty');
  await queue.welcomeButton('Clear Filter');
  await queue.row(THREAD).first().waitFor();
}

async function showFailure(stage: Stage): Promise<void> {
  const { team, window, queue, shoot } = stage;
  const heal = team.proxy.fail({ service: 'alertmanager' }, { type: 'answer', status: 503, body: 'no' });
  await window.command('Responder: Refresh');
  await queue.row('Sources').waitFor();
  await shoot('failure');
  heal();
}

async function showBudget(stage: Stage): Promise<void> {
  const { window, shoot } = stage;
  await showCoverage(stage);
  await shoot('coverage');
  await window.view('Rotation').inlineAction('Budget', 'Log Time…');
  await window.quickInput().type('3h');
  await isAsked(window, 'What was it spent on?');
  await window.quickInput().type('Reading along');
  await isTold(window, 'is used');
  await shoot('budget');
}
