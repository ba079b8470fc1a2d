import type { CreatedIssue, Outcome, Write } from '../../../src/core/proposal.ts';
import type { WriteContext, Writer } from '../../../src/services/service.ts';

interface Issue {
  readonly repository: string;
  readonly number: number;
  readonly body: string;
  isOpen: boolean;
  readonly labels: Set<string>;
  readonly assignees: Set<string>;
  /** Undefined while it is not on the board. */
  fields: Map<string, string | number> | undefined;
}

interface Incident {
  status: string;
  readonly notes: { readonly id: string; readonly text: string }[];
}

/** What goes wrong with the n-th request that changes something, counted from 1. */
export interface Strike {
  readonly at: number;
  /** `after`: the service did what it was asked for, and its answer is lost. */
  readonly when: 'before' | 'after';
  readonly strike: () => void;
}

type Begins = (undo: readonly Write[]) => void;

interface Change {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

type Of<T extends Write['type']> = Extract<Write, { type: T }>;

/** The services as our writers see them: each request changes one thing, and what is so already is asked for by none. */
export class Outside {
  readonly issues: Issue[] = [];
  readonly comments: { readonly id: number; readonly text: string }[] = [];
  readonly messages: {
    readonly ts: string;
    readonly channel: string;
    readonly text: string;
    readonly marker: string;
  }[] = [];
  readonly reactions = new Set<string>();
  readonly silences: { readonly id: string; readonly marker: string; isActive: boolean }[] = [];
  readonly incidents = new Map<string, Incident>();
  /** Where the clock stood at each request that changed something. */
  readonly requests: number[] = [];
  plan: Strike | undefined;
  readonly #now: () => number;
  #made = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(number: number, over: Partial<Issue> = {}): Issue {
    const made: Issue = {
      repository: 'acme/app',
      number,
      body: '',
      isOpen: true,
      labels: new Set(),
      assignees: new Set(),
      fields: undefined,
      ...over,
    };
    this.issues.push(made);
    return made;
  }

  /** All that people can see, to compare. */
  seen(): unknown {
    const { issues, comments, messages, reactions, silences, incidents } = this;
    return structuredClone({
      issues,
      // The marker of a word that goes with an undo says at which place of it.
      comments: comments.map(({ text }) => text.replace(/taken%3A\d/u, 'taken')),
      messages: messages.map(({ channel, text }) => [channel, text]),
      reactions,
      silences: silences.map(({ isActive }) => isActive),
      incidents: [...incidents.values()].map(({ status, notes }) => [status, notes.map(({ text }) => text)]),
    });
  }

  writers(): readonly Writer[] {
    const find = async (write: Write): Promise<Outcome | undefined> => this.#find(write);
    const apply = async (write: Write, context: WriteContext): Promise<Outcome> => this.#apply(write, context);
    return [
      {
        service: 'github',
        types: ['createIssue', 'planIssue', 'addToBoard', 'commentOnIssue', 'assign', 'label', 'closeIssue']
          .concat(['reopenIssue', 'deleteComment', 'setBoardPriority', 'restoreBoardFields', 'removeFromBoard'])
          .map((type) => type as Write['type']),
        find,
        apply,
      },
      { service: 'slack', types: ['replyInThread', 'postMessage', 'react', 'deleteMessage'], find, apply },
      { service: 'alertmanager', types: ['silence', 'expireSilence'], find, apply },
      { service: 'pagerduty', types: ['acknowledge', 'resolve', 'addNote', 'deleteNote'], find, apply },
    ];
  }

  #request(change: () => void): void {
    this.requests.push(this.#now());
    const plan = this.plan?.at === this.requests.length ? this.plan : undefined;
    if (plan?.when === 'before') plan.strike();
    change();
    if (plan?.when === 'after') plan.strike();
  }

  #find(write: Write): Outcome | undefined {
    switch (write.type) {
      case 'createIssue': {
        const own = this.issues.find(({ body }) => body.includes(write.marker));
        return own && created(own);
      }
      case 'commentOnIssue': {
        const own = this.comments.find(({ text }) => text.includes(write.marker));
        return own && outcome([{ type: 'deleteComment', repository: write.repository, commentId: own.id }]);
      }
      case 'replyInThread':
      case 'postMessage': {
        const own = this.messages.find(({ marker }) => marker === write.marker);
        return own && outcome([{ type: 'deleteMessage', channel: own.channel, ts: own.ts }]);
      }
      case 'silence': {
        const own = this.silences.find(({ marker }) => marker === write.marker);
        return own && outcome([{ type: 'expireSilence', url: write.url, silenceId: own.id }]);
      }
      case 'acknowledge':
        return this.#incident(write.incident).status === 'triggered' ? undefined : outcome([]);
      case 'resolve':
        return this.#incident(write.incident).status === 'resolved' ? outcome([]) : undefined;
      case 'addNote': {
        const own = this.#incident(write.incident).notes.find(({ text }) => text.includes(write.marker));
        return own && outcome([{ type: 'deleteNote', incident: write.incident, noteId: own.id }]);
      }
      case 'addToBoard':
      case 'assign':
      case 'closeIssue':
      case 'deleteComment':
      case 'deleteMessage':
      case 'deleteNote':
      case 'expireSilence':
      case 'label':
      case 'planIssue':
      case 'react':
      case 'removeFromBoard':
      case 'reopenIssue':
      case 'restoreBoardFields':
      case 'setBoardPriority':
        // Simply done again.
        return undefined;
    }
  }

  #apply(write: Write, { issue, begins = () => undefined }: WriteContext): Outcome {
    switch (write.type) {
      case 'createIssue':
      case 'planIssue':
      case 'assign':
      case 'label':
      case 'closeIssue':
      case 'reopenIssue':
        return this.#changeIssue(write, begins);
      case 'addToBoard':
        return this.#setFields(this.#issue(issue), [write.priority?.option, write.timebox?.hours], begins);
      case 'setBoardPriority':
        return this.#setFields(this.#issue(write), [write.option, undefined], begins);
      case 'restoreBoardFields':
      case 'removeFromBoard':
        return this.#restoreBoard(write);
      case 'commentOnIssue':
        this.#request(() => void this.comments.push({ id: this.#next(), text: write.body }));
        return this.#find(write) ?? outcome([]);
      case 'deleteComment':
        return this.#drop(this.comments, ({ id }) => id === write.commentId);
      case 'replyInThread':
      case 'postMessage': {
        const { channel, markdown, marker } = write;
        this.#request(() => void this.messages.push({ ts: String(this.#next()), channel, text: markdown, marker }));
        return this.#find(write) ?? outcome([]);
      }
      case 'deleteMessage':
        return this.#drop(this.messages, ({ ts }) => ts === write.ts);
      case 'deleteNote':
        return this.#drop(this.#incident(write.incident).notes, ({ id }) => id === write.noteId);
      case 'react':
        return this.#react(write, begins);
      case 'silence':
        this.#request(() => {
          this.silences.push({ id: String(this.#next()), marker: write.marker, isActive: true });
        });
        return this.#find(write) ?? outcome([]);
      case 'expireSilence': {
        const own = this.silences.find(({ id }) => id === write.silenceId);
        if (own?.isActive === true) this.#request(() => void (own.isActive = false));
        return outcome([]);
      }
      case 'acknowledge':
      case 'resolve':
      case 'addNote':
        return this.#changeIncident(write);
    }
  }

  #changeIssue(
    write: Of<'createIssue'> | Of<'planIssue'> | Of<'assign'> | Of<'label'> | Of<'closeIssue'> | Of<'reopenIssue'>,
    begins: Begins,
  ): Outcome {
    if (write.type === 'createIssue') {
      const { repository, body, labels, assignees } = write;
      const over = { repository, body, labels: new Set(labels), assignees: new Set(assignees) };
      this.#request(() => void this.issue(100 + this.#next(), over));
      return this.#find(write) ?? outcome([]);
    }
    const { repository, number } = write;
    const issue = this.#issue(write);
    switch (write.type) {
      case 'planIssue': {
        const assignees = backOf(issue.assignees, { add: write.assignees, remove: [] });
        const labels = backOf(issue.labels, { add: write.labels, remove: [] });
        const undo: Write[] = [
          ...(isNothing(assignees) ? [] : [{ type: 'assign' as const, repository, number, ...assignees }]),
          ...(isNothing(labels) ? [] : [{ type: 'label' as const, repository, number, ...labels }]),
        ];
        begins(undo);
        this.#edit(issue.assignees, assignees);
        this.#edit(issue.labels, labels);
        return { ...outcome(undo), issue: recordOf(issue) };
      }
      case 'assign':
      case 'label': {
        const set = write.type === 'assign' ? issue.assignees : issue.labels;
        const back = backOf(set, write);
        const undo: Write[] = isNothing(back) ? [] : [{ type: write.type, repository, number, ...back }];
        begins(undo);
        this.#edit(set, back);
        return outcome(undo);
      }
      case 'closeIssue':
        if (!issue.isOpen) return outcome([]);
        begins([{ type: 'reopenIssue', repository, number }]);
        this.#request(() => void (issue.isOpen = false));
        return outcome([{ type: 'reopenIssue', repository, number }]);
      case 'reopenIssue':
        if (issue.isOpen) return outcome([]);
        begins([{ type: 'closeIssue', repository, number, reason: 'completed' }]);
        this.#request(() => void (issue.isOpen = true));
        return outcome([{ type: 'closeIssue', repository, number, reason: 'completed' }]);
    }
  }

  /** One request for what is added and one for each that is removed, as on GitHub. */
  #edit(set: Set<string>, { add: unwanted, remove: missing }: Change): void {
    if (missing.length > 0) this.#request(() => missing.forEach((name) => set.add(name)));
    for (const name of unwanted) this.#request(() => void set.delete(name));
  }

  #setFields(
    issue: Issue,
    [priority, timebox]: readonly [string | undefined, number | undefined],
    begins: Begins,
  ): Outcome {
    const ids = { projectId: 'board', itemId: String(issue.number) };
    const isNew = issue.fields === undefined;
    const removal: Write = { type: 'removeFromBoard', projectId: 'board', contentId: ids.itemId };
    if (isNew) begins([removal]);
    if (isNew) this.#request(() => void (issue.fields = new Map()));
    const fields = issue.fields ?? new Map<string, string | number>();
    const wanted = (
      [
        ['priority', priority],
        ['timebox', timebox],
      ] as const
    ).filter(([fieldId, value]) => value !== undefined && fields.get(fieldId) !== value);
    const former = wanted.map(([fieldId]) => ({ fieldId, value: valueOf(fields.get(fieldId)) }));
    const restoring: Write[] = former.length === 0 ? [] : [{ type: 'restoreBoardFields', ...ids, fields: former }];
    const undo: Write[] = isNew ? [removal] : restoring;
    if (!isNew) begins(undo);
    for (const [fieldId, value] of wanted) this.#request(() => void fields.set(fieldId, value ?? ''));
    return outcome(undo);
  }

  #restoreBoard(write: Of<'restoreBoardFields'> | Of<'removeFromBoard'>): Outcome {
    const id = write.type === 'removeFromBoard' ? write.contentId : write.itemId;
    const issue = this.issues.find(({ number }) => String(number) === id);
    const fields = issue?.fields;
    if (issue === undefined || fields === undefined) return outcome([]);
    if (write.type === 'removeFromBoard') {
      this.#request(() => void (issue.fields = undefined));
      return outcome([]);
    }
    for (const { fieldId, value } of write.fields) {
      const wanted = value?.type === 'option' ? value.optionId : value?.number;
      if (fields.get(fieldId) === wanted) continue;
      this.#request(() => void (wanted === undefined ? fields.delete(fieldId) : fields.set(fieldId, wanted)));
    }
    return outcome([]);
  }

  #react(write: Of<'react'>, begins: Begins): Outcome {
    const key = `${write.channel} ${write.ts} ${write.name}`;
    if (this.reactions.has(key) !== write.remove) return outcome([]);
    begins([{ ...write, remove: !write.remove }]);
    this.#request(() => void (write.remove ? this.reactions.delete(key) : this.reactions.add(key)));
    return outcome([{ ...write, remove: !write.remove }]);
  }

  #changeIncident(write: Of<'acknowledge'> | Of<'resolve'> | Of<'addNote'>): Outcome {
    const incident = this.#incident(write.incident);
    if (write.type === 'addNote') {
      const note = { id: String(this.#next()), text: `${write.text} ${write.marker}` };
      this.#request(() => void incident.notes.push(note));
      return this.#find(write) ?? outcome([]);
    }
    if (this.#find(write) === undefined) {
      this.#request(() => void (incident.status = write.type === 'resolve' ? 'resolved' : 'acknowledged'));
    }
    return outcome([]);
  }

  #drop<T>(list: T[], isIt: (each: T) => boolean): Outcome {
    const at = list.findIndex(isIt);
    if (at >= 0) this.#request(() => void list.splice(at, 1));
    return outcome([]);
  }

  #issue(place: { readonly repository: string; readonly number: number } | undefined): Issue {
    const found = this.issues.find(
      ({ repository, number }) => repository === place?.repository && number === place.number,
    );
    if (found === undefined) throw new Error('there is no such issue');
    return found;
  }

  #incident(id: string): Incident {
    const found = this.incidents.get(id);
    if (found === undefined) throw new Error('there is no such incident');
    return found;
  }

  #next(): number {
    this.#made += 1;
    return this.#made;
  }
}

function outcome(undo: readonly Write[]): Outcome {
  return { url: 'https://outside.example/', issue: undefined, warnings: [], undo };
}

function created(issue: Issue): Outcome {
  const { repository, number } = issue;
  return { ...outcome([{ type: 'closeIssue', repository, number, reason: 'notPlanned' }]), issue: recordOf(issue) };
}

function recordOf({ repository, number }: Issue): CreatedIssue {
  const url = `https://github.example/${repository}/issues/${String(number)}`;
  return { repository, number, url, nodeId: `I_${String(number)}`, databaseId: number };
}

/** What takes back a change of a set; empty where all is so already. */
function backOf(set: ReadonlySet<string>, { add, remove }: Change): Change {
  return { add: remove.filter((name) => set.has(name)), remove: add.filter((name) => !set.has(name)) };
}

function isNothing({ add, remove }: Change): boolean {
  return add.length + remove.length === 0;
}

function valueOf(value: string | number | undefined) {
  if (value === undefined) return undefined;
  return typeof value === 'number'
    ? ({ type: 'number', number: value } as const)
    : ({ type: 'option', optionId: value } as const);
}
