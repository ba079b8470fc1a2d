import * as z from 'zod/mini';

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

/** Adding what is on the board already gives back its item. */
export const ADD_ITEM = `mutation AddItem($projectId: ID!, $contentId: ID!) {
  addProjectV2ItemById(input: { projectId: $projectId, contentId: $contentId }) { item { id } }
}`;

export const SET_FIELD = `mutation SetField($projectId: ID!, $itemId: ID!, $fieldId: ID!, $value: ProjectV2FieldValue!) {
  updateProjectV2ItemFieldValue(
    input: { projectId: $projectId, itemId: $itemId, fieldId: $fieldId, value: $value }
  ) { projectV2Item { id } }
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
