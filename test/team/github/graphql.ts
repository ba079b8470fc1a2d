import { readFile } from 'node:fs/promises';
import { buildSchema, execute, type GraphQLFormattedError, type GraphQLSchema, parse, validate } from 'graphql';
import { type Call, fieldsOf, isRecord, json, type Reply } from '../proxy/call.ts';

export interface GraphqlEndpoint {
  answer(call: Call): Promise<Reply>;
}

/**
 * GitHub's GraphQL: every document is checked against GitHub's own schema; `root` answers what the board needs.
 * Failures are answered as GitHub does: HTTP 200 with `errors`.
 */
export function graphqlEndpoint(root: unknown): GraphqlEndpoint {
  let schema: Promise<GraphQLSchema> | undefined;
  return {
    answer: async (call) => {
      const { query, variables, operationName } = fieldsOf(call);
      if (typeof query !== 'string')
        return json(400, { message: 'A query attribute must be specified and must be a string.' });
      // Read when first needed: the schema is 1.2 MB.
      schema ??= readSchema();
      return json(200, await run(await schema, { query, variables, operationName, root }));
    },
  };
}

async function readSchema(): Promise<GraphQLSchema> {
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  return buildSchema(await readFile(file, 'utf8'), { assumeValid: true, assumeValidSDL: true });
}

interface Document {
  readonly query: string;
  readonly variables: unknown;
  readonly operationName: unknown;
  readonly root: unknown;
}

async function run(schema: GraphQLSchema, { query, variables, operationName, root }: Document): Promise<unknown> {
  let document: ReturnType<typeof parse>;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [{ message: error instanceof Error ? error.message : String(error), locations: [] }] };
  }
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems.map((problem) => githubStyle(problem.toJSON())) };
  const result = await execute({
    schema,
    document,
    rootValue: root,
    variableValues: isRecord(variables) ? variables : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  });
  const { data, errors } = result;
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map((error) => githubStyle(error.toJSON())) }),
  };
}

/** GitHub writes the kind of an error as `type` beside the message. */
function githubStyle({ message, locations, path, extensions }: GraphQLFormattedError): Record<string, unknown> {
  const type = extensions?.['type'];
  return { ...(type === undefined ? {} : { type }), ...(path === undefined ? {} : { path }), locations, message };
}
