/** A field of the board, as GraphQL shows it. */
export interface BoardField {
  readonly __typename: 'ProjectV2Field' | 'ProjectV2SingleSelectField';
  readonly id: string;
  readonly name: string;
  readonly dataType: 'TITLE' | 'NUMBER' | 'SINGLE_SELECT' | 'TEXT';
  readonly options?: readonly {
    readonly id: string;
    readonly name: string;
    readonly color: string;
    readonly description: string;
  }[];
}

export interface BoardItem {
  readonly id: string;
  /** The node id of the issue or pull request. */
  readonly contentId: string;
  /** By field id: an option's id, a number or a text. */
  readonly values: ReadonlyMap<string, string | number>;
}

function options(...names: readonly string[]) {
  return names.map((name, index) => ({ id: `opt${index}${name.length}`, name, color: 'GRAY', description: '' }));
}

const FIELDS: readonly BoardField[] = [
  { __typename: 'ProjectV2Field', id: 'PVTF_title', name: 'Title', dataType: 'TITLE' },
  {
    __typename: 'ProjectV2SingleSelectField',
    id: 'PVTSSF_status',
    name: 'Status',
    dataType: 'SINGLE_SELECT',
    options: options('Triage', 'Ready', 'In progress', 'Done'),
  },
  {
    __typename: 'ProjectV2SingleSelectField',
    id: 'PVTSSF_priority',
    name: 'Priority',
    dataType: 'SINGLE_SELECT',
    options: options('🚨 Critical', '🔴 High', '🟡 Medium', '🟢 Low'),
  },
  { __typename: 'ProjectV2Field', id: 'PVTF_timebox', name: 'Timebox (hours)', dataType: 'NUMBER' },
];

/** The team's board: project 213 of the organization. */
export class Board {
  readonly id = 'PVT_integrations';
  readonly number = 213;
  readonly title = 'Integrations';
  readonly fields = FIELDS;
  #items: BoardItem[] = [];
  #count = 0;

  get items(): readonly BoardItem[] {
    return this.#items;
  }

  /** Adding what is there already gives the same item, as on GitHub. */
  add(contentId: string): BoardItem {
    const known = this.#items.find((item) => item.contentId === contentId);
    if (known !== undefined) return known;
    this.#count += 1;
    const item = { id: `PVTI_item${this.#count}`, contentId, values: new Map<string, string | number>() };
    this.#items.push(item);
    return item;
  }

  set(item: BoardItem, fieldId: string, value: string | number): BoardItem {
    const changed = { ...item, values: new Map(item.values).set(fieldId, value) };
    this.#items = this.#items.map((each) => (each.id === item.id ? changed : each));
    return changed;
  }

  clear(item: BoardItem, fieldId: string): BoardItem {
    const values = new Map(item.values);
    values.delete(fieldId);
    const changed = { ...item, values };
    this.#items = this.#items.map((each) => (each.id === item.id ? changed : each));
    return changed;
  }

  remove(itemId: string): void {
    this.#items = this.#items.filter((item) => item.id !== itemId);
  }
}
