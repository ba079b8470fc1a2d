import { GraphQLError } from 'graphql';
import { GITHUB_WEB, ORGANIZATION, PEOPLE, REPOSITORIES } from '../people.ts';
import type { Board, BoardField, BoardItem } from './board.ts';
import { closingTimeline, userOf } from './timelineGraphql.ts';
import { type CommentRecord, type GitHubUpstream, type IndexedIssue, indexIssues } from './upstream.ts';

/** The root of GitHub's GraphQL as far as a board needs it: owners, the project, its items, repositories, issues. */
export function boardRoot(board: Board, upstream: GitHubUpstream): Record<string, unknown> {
  const graph = new BoardGraph(board, upstream);
  return {
    organization: ({ login }: { login: string }) => graph.owner('Organization', login),
    user: ({ login }: { login: string }) => graph.owner('User', login),
    repositoryOwner: ({ login }: { login: string }) =>
      graph.owner(login === ORGANIZATION ? 'Organization' : 'User', login),
    repository: ({ owner, name }: { owner: string; name: string }) => graph.repository(`${owner}/${name}`),
    node: ({ id }: { id: string }) => graph.node(id),
    nodes: ({ ids }: { ids: readonly string[] }) => Promise.all(ids.map((id) => graph.node(id))),
    addProjectV2ItemById: ({ input }: { input: AddInput }) => graph.add(input),
    updateProjectV2ItemFieldValue: ({ input }: { input: UpdateInput }) => graph.update(input),
    clearProjectV2ItemFieldValue: ({ input }: { input: FieldInput }) => graph.clear(input),
    deleteProjectV2Item: ({ input }: { input: { projectId: string; itemId: string } }) => graph.delete(input),
  };
}

interface AddInput {
  readonly projectId: string;
  readonly contentId: string;
  readonly clientMutationId?: string;
}

interface FieldInput {
  readonly projectId: string;
  readonly itemId: string;
  readonly fieldId: string;
  readonly clientMutationId?: string;
}

interface UpdateInput extends FieldInput {
  readonly value: Readonly<Record<string, string | number | undefined>>;
}

type Lazy = Record<string, unknown>;

class BoardGraph {
  readonly #board: Board;
  readonly #upstream: GitHubUpstream;

  constructor(board: Board, upstream: GitHubUpstream) {
    this.#board = board;
    this.#upstream = upstream;
  }

  owner(kind: 'Organization' | 'User', login: string): Lazy {
    const known = kind === 'Organization' ? login === ORGANIZATION : PEOPLE.some((person) => person.github === login);
    const article = kind === 'Organization' ? 'an' : 'a';
    if (!known) throw notFound(`Could not resolve to ${article} ${kind} with the login of '${login}'.`);
    return {
      __typename: kind,
      id: `${kind}_${login}`,
      login,
      url: `${GITHUB_WEB}/${login}`,
      projectV2: ({ number }: { number: number }) => {
        if (kind === 'Organization' && number === this.#board.number) return this.#project();
        throw notFound(`Could not resolve to a ProjectV2 with the number ${number}.`);
      },
    };
  }

  repository(fullName: string): Lazy {
    if (!(REPOSITORIES as readonly string[]).includes(fullName)) {
      throw notFound(`Could not resolve to a Repository with the name '${fullName}'.`);
    }
    const [owner = '', name = ''] = fullName.split('/');
    return {
      __typename: 'Repository',
      id: `R_${name}`,
      name,
      nameWithOwner: fullName,
      url: `${GITHUB_WEB}/${fullName}`,
      owner: () => this.owner('Organization', owner),
      issue: ({ number }: { number: number }) => this.#numbered(fullName, { number, kind: 'Issue' }),
      pullRequest: ({ number }: { number: number }) => this.#numbered(fullName, { number, kind: 'PullRequest' }),
    };
  }

  async node(id: string): Promise<Lazy> {
    const item = this.#board.items.find((each) => each.id === id);
    if (id === this.#board.id) return this.#project();
    if (item !== undefined) return this.#item(item);
    return this.#content(await this.#findContent(id));
  }

  async add(input: AddInput): Promise<Lazy> {
    this.#checkProject(input.projectId);
    const content = await this.#findContent(input.contentId);
    return { clientMutationId: input.clientMutationId, item: this.#item(this.#board.add(content.issue.node_id)) };
  }

  update(input: UpdateInput): Lazy {
    const { item, field } = this.#fieldOf(input);
    const changed = this.#board.set(item, field.id, fieldValue(field, input.value));
    return { clientMutationId: input.clientMutationId, projectV2Item: this.#item(changed) };
  }

  clear(input: FieldInput): Lazy {
    const { item, field } = this.#fieldOf(input);
    const changed = this.#board.clear(item, field.id);
    return { clientMutationId: input.clientMutationId, projectV2Item: this.#item(changed) };
  }

  delete(input: { projectId: string; itemId: string }): Lazy {
    this.#checkProject(input.projectId);
    if (!this.#board.items.some((each) => each.id === input.itemId)) throw unknownNode(input.itemId);
    this.#board.remove(input.itemId);
    return { deletedItemId: input.itemId };
  }

  #fieldOf(input: FieldInput): { readonly item: BoardItem; readonly field: BoardField } {
    this.#checkProject(input.projectId);
    const item = this.#board.items.find((each) => each.id === input.itemId);
    const field = this.#board.fields.find((each) => each.id === input.fieldId);
    if (item === undefined) throw unknownNode(input.itemId);
    if (field === undefined) throw unknownNode(input.fieldId);
    return { item, field };
  }

  #checkProject(id: string): void {
    if (id !== this.#board.id) throw unknownNode(id);
  }

  async #numbered(repository: string, { number, kind }: { number: number; kind: string }): Promise<Lazy> {
    const found = (await indexIssues(this.#upstream, [repository])).find(({ issue }) => issue.number === number);
    if (found === undefined || kindOf(found) !== kind) {
      const words = kind === 'Issue' ? 'an Issue' : 'a PullRequest';
      throw notFound(`Could not resolve to ${words} with the number of ${number}.`);
    }
    return this.#content(found);
  }

  async #findContent(id: string): Promise<IndexedIssue> {
    const found = (await indexIssues(this.#upstream)).find(({ issue }) => issue.node_id === id);
    if (found === undefined) throw unknownNode(id);
    return found;
  }

  #project(): Lazy {
    const board = this.#board;
    return {
      __typename: 'ProjectV2',
      id: board.id,
      number: board.number,
      title: board.title,
      closed: false,
      public: false,
      url: `${GITHUB_WEB}/orgs/${ORGANIZATION}/projects/${board.number}`,
      fields: (page: Paging) => connection('fields', board.fields, page),
      field: ({ name }: { name: string }) => board.fields.find((each) => each.name === name) ?? null,
      items: (page: Paging) =>
        connection(
          'items',
          board.items.map((item) => this.#item(item)),
          page,
        ),
    };
  }

  #item(item: BoardItem): Lazy {
    return {
      __typename: 'ProjectV2Item',
      id: item.id,
      isArchived: false,
      project: () => this.#project(),
      content: async () => this.#content(await this.#findContent(item.contentId)),
      fieldValueByName: ({ name }: { name: string }) => {
        const field = this.#board.fields.find((each) => each.name === name);
        return field === undefined ? null : shownValue(item, field);
      },
      fieldValues: (page: Paging) =>
        connection(
          'fieldValues',
          this.#board.fields.flatMap((field) => shownValue(item, field) ?? []),
          page,
        ),
    };
  }

  #content(found: IndexedIssue): Lazy {
    const { issue, repository } = found;
    const items = (): readonly Lazy[] =>
      this.#board.items.filter((item) => item.contentId === issue.node_id).map((item) => this.#item(item));
    return {
      __typename: kindOf(found),
      id: issue.node_id,
      databaseId: issue.id,
      fullDatabaseId: String(issue.id),
      number: issue.number,
      title: issue.title,
      body: issue.body ?? '',
      url: issue.html_url,
      state: issue.state.toUpperCase(),
      createdAt: issue.created_at,
      updatedAt: issue.updated_at,
      repository: () => this.repository(repository),
      projectItems: (page: Paging) => connection('projectItems', items(), page),
      labels: (page: Paging) => connection('labels', issue.labels, page),
      comments: (page: Paging) => connection('comments', found.comments.map(shownComment), page),
      timelineItems: async (page: Paging) =>
        connection('timelineItems', await closingTimeline(this.#upstream, found), page),
    };
  }
}

function shownComment({ user, created_at: createdAt, body }: CommentRecord): Lazy {
  // As the issues' own rows say it of whoever wrote them.
  return { author: userOf(user), createdAt, body, bodyText: body, authorAssociation: 'MEMBER' };
}

function kindOf(found: IndexedIssue): 'Issue' | 'PullRequest' {
  return found.issue.pull_request === undefined ? 'Issue' : 'PullRequest';
}

/** What a client may write into a field, or GitHub's refusal. */
function fieldValue(field: BoardField, value: UpdateInput['value']): string | number {
  const given = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
  if (given.length !== 1) throw refused('Exactly one field value must be provided.');
  const { singleSelectOptionId: option, number, text } = value;
  if (field.dataType === 'SINGLE_SELECT') {
    if (typeof option !== 'string')
      throw refused('Did not receive a single select option Id to update a field of type single_select');
    if (!field.options?.some((each) => each.id === option))
      throw refused('The single select option Id does not belong to the field');
    return option;
  }
  if (field.dataType === 'NUMBER') {
    if (typeof number !== 'number') throw refused('Did not receive a number value to update a field of type number');
    return number;
  }
  if (typeof text !== 'string') throw refused('Did not receive a text value to update a field of type text');
  return text;
}

function shownValue(item: BoardItem, field: BoardField): Lazy | null {
  const value = item.values.get(field.id);
  if (value === undefined) return null;
  const id = `${item.id}_${field.id}`;
  if (typeof value === 'number') return { __typename: 'ProjectV2ItemFieldNumberValue', id, number: value, field };
  const option = field.options?.find((each) => each.id === value);
  if (option === undefined) return { __typename: 'ProjectV2ItemFieldTextValue', id, text: value, field };
  return { __typename: 'ProjectV2ItemFieldSingleSelectValue', id, optionId: option.id, name: option.name, field };
}

interface Paging {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
}

/** A connection, with the bounds that GitHub insists on. */
function connection(name: string, all: readonly unknown[], { first, last, after }: Paging): Lazy {
  const size = first ?? last ?? undefined;
  if (size === undefined) {
    throw new GraphQLError(
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      {
        extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' },
      },
    );
  }
  if (size > 100) {
    throw new GraphQLError(
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      {
        extensions: { type: 'EXCESSIVE_PAGINATION' },
      },
    );
  }
  const start = typeof after !== 'string' ? 0 : Number(Buffer.from(after, 'base64').toString('utf8'));
  const nodes = typeof first !== 'number' ? all.slice(-size) : all.slice(start, start + size);
  const end = start + nodes.length;
  return {
    totalCount: all.length,
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: typeof first === 'number' && end < all.length,
      hasPreviousPage: start > 0,
      endCursor: nodes.length === 0 ? null : Buffer.from(String(end)).toString('base64'),
      startCursor: Buffer.from(String(start)).toString('base64'),
    },
  };
}

function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}

function unknownNode(id: string): GraphQLError {
  return notFound(`Could not resolve to a node with the global id of '${id}'.`);
}

function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'VALIDATION' } });
}
