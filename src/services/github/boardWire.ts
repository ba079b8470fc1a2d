import * as z from 'zod/mini';
import type { BoardFieldValue } from '../../core/proposal.ts';
import { ServiceError } from '../service.ts';

/** An organization and a user both own projects; `repositoryOwner` finds either by its login. */
export const FIND_BOARD = `query FindBoard($owner: String!, $number: Int!) {
  repositoryOwner(login: $owner) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        id
        url
        fields(first: 100) {
          nodes {
            ... on ProjectV2FieldCommon { id name dataType }
            ... on ProjectV2SingleSelectField { options { id name } }
          }
        }
      }
    }
  }
}`;

const ITEM = `fragment BoardItem on ProjectV2Item {
  id
  project { id url }
  fieldValues(first: 100) {
    nodes {
      ... on ProjectV2ItemFieldSingleSelectValue { optionId field { ... on ProjectV2FieldCommon { id } } }
      ... on ProjectV2ItemFieldNumberValue { number field { ... on ProjectV2FieldCommon { id } } }
    }
  }
}`;

/** The items by which an issue or pull request is on boards. */
export const FIND_ITEMS = `query FindItems($contentId: ID!) {
  node(id: $contentId) {
    ... on Issue { projectItems(first: 100) { nodes { ...BoardItem } } }
    ... on PullRequest { projectItems(first: 100) { nodes { ...BoardItem } } }
  }
}
${ITEM}` as const;

export const READ_ITEM = `query ReadItem($itemId: ID!) {
  node(id: $itemId) { ...BoardItem }
}
${ITEM}` as const;

/** Adding what is on the board already gives back its item. */
export const ADD_ITEM = `mutation AddItem($projectId: ID!, $contentId: ID!) {
  addProjectV2ItemById(input: { projectId: $projectId, contentId: $contentId }) { item { id } }
}`;

export const SET_FIELD = `mutation SetField($projectId: ID!, $itemId: ID!, $fieldId: ID!, $value: ProjectV2FieldValue!) {
  updateProjectV2ItemFieldValue(
    input: { projectId: $projectId, itemId: $itemId, fieldId: $fieldId, value: $value }
  ) { projectV2Item { id } }
}`;

export const CLEAR_FIELD = `mutation ClearField($projectId: ID!, $itemId: ID!, $fieldId: ID!) {
  clearProjectV2ItemFieldValue(input: { projectId: $projectId, itemId: $itemId, fieldId: $fieldId }) {
    projectV2Item { id }
  }
}`;

export const REMOVE_ITEM = `mutation RemoveItem($projectId: ID!, $itemId: ID!) {
  deleteProjectV2Item(input: { projectId: $projectId, itemId: $itemId }) { deletedItemId }
}`;

const Option = z.object({ id: z.string(), name: z.string() });

const Field = z.object({
  id: z.string(),
  name: z.string(),
  dataType: z.catch(z.string(), ''),
  options: z.catch(z.array(Option), []),
});

const BoardReply = z.object({
  repositoryOwner: z.object({
    projectV2: z.object({
      id: z.string(),
      url: z.optional(z.unknown()),
      fields: z.object({ nodes: z.array(z.unknown()) }),
    }),
  }),
});

const AddReply = z.object({ addProjectV2ItemById: z.object({ item: z.object({ id: z.string() }) }) });

const FieldId = z.object({ id: z.string() });

const Item = z.object({
  id: z.string(),
  project: z.object({ id: z.string(), url: z.optional(z.unknown()) }),
  fieldValues: z.object({ nodes: z.array(z.unknown()) }),
});

const FieldValue = z.union([
  z.object({ optionId: z.string(), field: FieldId }),
  z.object({ number: z.number(), field: FieldId }),
]);

const ItemsReply = z.object({ node: z.object({ projectItems: z.object({ nodes: z.array(z.unknown()) }) }) });
const ItemReply = z.object({ node: z.nullable(Item) });

/** What is on a board, and the values of its fields that a write may change. */
export interface BoardItem {
  readonly id: string;
  readonly projectId: string;
  readonly boardUrl: unknown;
  /** By field id. */
  readonly values: ReadonlyMap<string, BoardFieldValue>;
}

export type BoardField = z.infer<typeof Field>;

export interface Board {
  readonly id: string;
  readonly url: unknown;
  readonly fields: readonly BoardField[];
}

/** Undefined when there is no such board. */
export function parseBoard(reply: unknown): Board | undefined {
  const project = BoardReply.safeParse(reply).data?.repositoryOwner.projectV2;
  if (project === undefined) return undefined;
  const fields = project.fields.nodes.flatMap((node) => {
    const parsed = Field.safeParse(node);
    return parsed.success ? [parsed.data] : [];
  });
  return { id: project.id, url: project.url, fields };
}

export function parseItemId(reply: unknown): string | undefined {
  return AddReply.safeParse(reply).data?.addProjectV2ItemById.item.id;
}

/** Of an issue's items that of one board; undefined when it is not on it. @throws {ServiceError} `badResponse` */
export function parseItemOn(projectId: string, reply: unknown): BoardItem | undefined {
  const { data } = ItemsReply.safeParse(reply);
  if (data === undefined) throw new ServiceError('badResponse', 'GitHub does not say on which boards the issue is');
  return data.node.projectItems.nodes.map(toItem).find((item) => item?.projectId === projectId);
}

/** Undefined when it is on no board any more. @throws {ServiceError} `badResponse` */
export function parseItem(reply: unknown): BoardItem | undefined {
  const { data } = ItemReply.safeParse(reply);
  if (data === undefined) throw new ServiceError('badResponse', 'GitHub does not say what is on the board');
  return toItem(data.node);
}

/** Boards that this account may not see are there as null. */
function toItem(value: unknown): BoardItem | undefined {
  const { data } = Item.safeParse(value);
  if (data === undefined) return undefined;
  const values = data.fieldValues.nodes.flatMap((node): (readonly [string, BoardFieldValue])[] => {
    const value = FieldValue.safeParse(node).data;
    if (value === undefined) return [];
    const { field } = value;
    if ('number' in value) return [[field.id, { type: 'number', number: value.number }]];
    return [[field.id, { type: 'option', optionId: value.optionId }]];
  });
  return { id: data.id, projectId: data.project.id, boardUrl: data.project.url, values: new Map(values) };
}
