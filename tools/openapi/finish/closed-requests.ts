import { SCHEMAS, type Document, type Schema } from './shape.js';

const refsIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)].map(
    ([, name = '']) => name,
  );

/** The names of every schema that a request body reaches. */
function requestSchemas(document: Document): ReadonlySet<string> {
  const open = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ requestBody }) => refsIn(requestBody));
  const reached = new Set<string>();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...refsIn(document.components.schemas[name]));
  }
  return reached;
}

/** Requests refuse what they do not know, so their objects say so; answers may grow (users.md D.6). */
export function withClosedRequests(document: Document): Document {
  const names = requestSchemas(document);
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]): [string, Schema] => [
      name,
      names.has(name) && schema.properties ? { ...schema, additionalProperties: false } : schema,
    ]),
  );
  return { ...document, components: { ...document.components, schemas } };
}

export const refOf = (schema: Schema): string | undefined =>
  schema.$ref?.startsWith(SCHEMAS) ? schema.$ref.slice(SCHEMAS.length) : undefined;
