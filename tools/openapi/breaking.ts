import type { Document, Operation, Schema } from './finish/shape.js';
import { SCHEMAS } from './finish/shape.js';

type Schemas = Document['components']['schemas'];
/** Which way a schema goes: what a caller sends may ask for less, what it is told may not. */
type Way = 'sent' | 'told';

/** Everything in `after` on which a client built against `before` would break (users.md D.6: versioning). */
export function breakingChanges(before: Document, after: Document): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (!now) return [`${name} is gone`];
      const compare = new Comparison(before.components.schemas, after.components.schemas);
      return [
        ...parametersOf(name, operation, now),
        ...compare.bodies(name, operation, now),
        ...compare.answers(name, operation, now),
      ];
    }),
  );
}

function parametersOf(name: string, before: Operation, after: Operation): string[] {
  const required = (operation: Operation) =>
    (operation.parameters ?? []).filter((one) => 'required' in one && one.required === true);
  const known = new Set(required(before).map((one) => `${one.in} ${one.name}`));
  return required(after)
    .filter((one) => !known.has(`${one.in} ${one.name}`))
    .map((one) => `${name} demands ${one.in} ${one.name}`);
}

class Comparison {
  private readonly seen = new Set<string>();

  constructor(
    private readonly before: Schemas,
    private readonly after: Schemas,
  ) {}

  bodies(name: string, before: Operation, after: Operation): string[] {
    const [was, is] = [before, after].map((one) => mediaSchema(one.requestBody?.content));
    if (!is) return [];
    return was ? this.schemas(`${name} request`, was, is, 'sent') : [`${name} demands a body`];
  }

  answers(name: string, before: Operation, after: Operation): string[] {
    return Object.entries(before.responses)
      .filter(([status]) => status.startsWith('2'))
      .flatMap(([status, response]) => {
        const now = after.responses[status];
        if (!now) return [`${name} no longer answers ${status}`];
        const [was, is] = [response, now].map((one) => mediaSchema(one.content));
        if (!was) return [];
        return is
          ? this.schemas(`${name} ${status}`, was, is, 'told')
          : [`${name} ${status} is empty`];
      });
  }

  private schemas(at: string, before: Schema, after: Schema, way: Way): string[] {
    const mark = `${before.$ref ?? ''} ${after.$ref ?? ''} ${way}`;
    if (before.$ref && after.$ref) {
      if (this.seen.has(mark)) return [];
      this.seen.add(mark);
    }
    const was = resolved(before, this.before);
    const is = resolved(after, this.after);
    return [
      ...typesOf(at, was, is, way),
      ...wordsOf(at, was, is, way),
      ...this.members(at, was, is, way),
      ...(was.items && is.items ? this.schemas(`${at}[]`, was.items, is.items, way) : []),
    ];
  }

  private members(at: string, was: Schema, is: Schema, way: Way): string[] {
    const before = was.properties ?? {};
    const after = is.properties ?? {};
    const gone = Object.keys(before)
      .filter((name) => !(name in after))
      .map((name) => `${at}.${name} is gone`);
    const asked = (is.required ?? [])
      .filter((name) => way === 'sent' && !(was.required ?? []).includes(name))
      .map((name) => `${at}.${name} is demanded`);
    const missing = (was.required ?? [])
      .filter((name) => way === 'told' && name in after && !(is.required ?? []).includes(name))
      .map((name) => `${at}.${name} may be missing`);
    const inner = Object.entries(before).flatMap(([name, one]) => {
      const now = after[name];
      return now ? this.schemas(`${at}.${name}`, one, now, way) : [];
    });
    return [...gone, ...asked, ...missing, ...inner];
  }
}

/** A type or a pattern that is another one; null where none was, in what a caller is told. */
function typesOf(at: string, was: Schema, is: Schema, way: Way): string[] {
  const [before, after] = [was, is].map(({ type }) => [type ?? []].flat());
  const [fixed = [], now = []] = way === 'told' ? [after, before] : [before, after];
  const changed = fixed.some((type) => !now.includes(type));
  return changed ? [`${at} has another type`] : [];
}

/** Fewer words that may be sent. More words that may be told are no break: clients ignore what is new. */
function wordsOf(at: string, was: Schema, is: Schema, way: Way): string[] {
  if (way === 'told' || !is.enum) return [];
  const lost = (was.enum ?? []).filter((word) => !is.enum?.includes(word));
  return was.enum
    ? lost.map((word) => `${at} refuses ${String(word)}`)
    : [`${at} takes some words only`];
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref?.startsWith(SCHEMAS)) return schemas[schema.$ref.slice(SCHEMAS.length)] ?? {};
  const [first, second] = schema.oneOf ?? schema.anyOf ?? [];
  // What may be null: compared by what it is otherwise.
  return first && second?.type === 'null' ? resolved(first, schemas) : schema;
}

const mediaSchema = (content: Operation['responses'][string]['content']): Schema | undefined =>
  content?.['application/json']?.schema;
