/** What a person did in one step; what they had chosen or typed by then is kept wherever they go. */
export interface Move<Answers> {
  readonly go: 'next' | 'back' | 'cancel' | 'doItNow';
  readonly answers: Answers;
}

export interface Position {
  /** From 1. */
  readonly step: number;
  readonly of: number;
}

export interface Step<Answers> {
  readonly applies: (answers: Answers) => boolean;
  readonly ask: (answers: Answers, position: Position) => Promise<Move<Answers>>;
}

export interface Ended<Answers> {
  readonly how: 'done' | 'cancelled' | 'doItNow';
  readonly answers: Answers;
}

/** Asks the steps that apply, in order, forth and back, until all are answered or the person leaves. */
export async function runSteps<Answers>(steps: readonly Step<Answers>[], start: Answers): Promise<Ended<Answers>> {
  let answers = start;
  let index = nextIndex(steps, answers, -1);
  while (index < steps.length) {
    const step = steps[index];
    if (step === undefined) break;
    const move = await step.ask(answers, positionOf(steps, answers, index));
    answers = move.answers;
    if (move.go === 'cancel') return { how: 'cancelled', answers };
    if (move.go === 'doItNow') return { how: 'doItNow', answers };
    index = move.go === 'next' ? nextIndex(steps, answers, index) : previousIndex(steps, answers, index);
  }
  return { how: 'done', answers };
}

function nextIndex<Answers>(steps: readonly Step<Answers>[], answers: Answers, from: number): number {
  const found = steps.findIndex((step, index) => index > from && step.applies(answers));
  return found === -1 ? steps.length : found;
}

/** Back from the first stays there. */
function previousIndex<Answers>(steps: readonly Step<Answers>[], answers: Answers, from: number): number {
  const found = steps.findLastIndex((step, index) => index < from && step.applies(answers));
  return found === -1 ? from : found;
}

function positionOf<Answers>(steps: readonly Step<Answers>[], answers: Answers, index: number): Position {
  const applying = steps.flatMap((step, at) => (step.applies(answers) ? [at] : []));
  return { step: applying.indexOf(index) + 1, of: applying.length };
}
