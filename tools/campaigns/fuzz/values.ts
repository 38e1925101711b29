import fc from 'fast-check';
import { hostileValue } from './hostile.js';
import { jsonPlaceholder, placeholder } from './known-names.js';
import { resolve, type OpenApi, type Schema } from './operations.js';

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: fc
    .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  'date-time': fc
    .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  uri: fc.webUrl(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  'http-date': fc
    .date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toUTCString()),
};

const DEPTH_MAX = 6;
const ITEMS_MAX = 4;
const CHARS_MAX = 200;

/** Arbitraries for the schemas of one document: what fits them, and what nearly does. */
export class Values {
  readonly #made = new Map<string, fc.Arbitrary<unknown>>();

  constructor(
    private readonly document: OpenApi,
    private readonly names: Readonly<Record<string, string>>,
  ) {}

  /** A value that fits, known names among them. */
  of(name: string, schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    const known = Object.hasOwn(this.names, name) ? this.names[name] : undefined;
    const fits = this.#fitting(schema, depth);
    const stand = known === undefined ? undefined : this.#standIn(schema, known);
    if (stand === undefined) return fits;
    return fc.oneof({ weight: 9, arbitrary: fc.constant(stand) }, { weight: 1, arbitrary: fits });
  }

  /** A name is a text, and what it stands for in JSON is none; a version is a number there. */
  #standIn(given: Schema, known: string): string | undefined {
    const { type, enum: words } = resolve(this.document, given);
    if (words) return undefined;
    if (known === 'version' && type === 'integer') return jsonPlaceholder(known);
    const fits = known.startsWith('json_') ? type !== 'string' : [type].flat().includes('string');
    return fits ? placeholder(known) : undefined;
  }

  /** Fits but for one member, or does not fit at all. */
  nearly(name: string, schema: Schema): fc.Arbitrary<unknown> {
    const whole = this.of(name, schema);
    const spoilt = fc
      .tuple(whole, hostileValue, fc.nat())
      .map(([value, bad, at]) => spoil(value, bad, at));
    return fc.oneof({ weight: 5, arbitrary: spoilt }, { weight: 1, arbitrary: hostileValue });
  }

  #fitting(given: Schema, depth: number): fc.Arbitrary<unknown> {
    const key = given.$ref;
    const made = key === undefined ? undefined : this.#made.get(key);
    if (made) return made;
    const fits = this.#make(resolve(this.document, given), depth);
    if (key !== undefined) this.#made.set(key, fits);
    return fits;
  }

  #make(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEPTH_MAX) return fc.constant(null);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) return fc.oneof(...choices.map((each) => this.#fitting(each, depth + 1)));
    if (schema.allOf) {
      const parts = schema.allOf.map((each) => this.#fitting(each, depth + 1));
      return fc
        .tuple(...parts)
        .map((values) => Object.assign({}, ...(values as object[])) as unknown);
    }
    const { type } = schema;
    if (Array.isArray(type)) {
      return fc.oneof(...type.map((one: string) => this.#make({ ...schema, type: one }, depth)));
    }
    return this.#ofType(schema, depth);
  }

  #ofType(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case 'string':
        return textOf(schema);
      case 'integer':
        return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000_000 });
      case 'number':
        return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e9, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(this.#fitting(schema.items ?? {}, depth + 1), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? ITEMS_MAX, ITEMS_MAX),
        });
      default:
        return schema.properties ? this.#object(schema, depth) : fc.jsonValue({ maxDepth: 2 });
    }
  }

  #object({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<unknown> {
    const members = Object.entries(properties).map(
      ([name, schema]) => [name, this.of(name, schema, depth + 1)] as const,
    );
    return fc.record(Object.fromEntries(members), { requiredKeys: [...required] });
  }
}

function textOf({
  pattern,
  format,
  minLength = 0,
  maxLength = CHARS_MAX,
}: Schema): fc.Arbitrary<string> {
  const known = FORMATS[format ?? ''];
  if (known) return known;
  const max = Math.min(maxLength, CHARS_MAX);
  if (pattern === undefined)
    return fc.string({ minLength: Math.min(minLength, max), maxLength: max });
  try {
    return fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
  } catch {
    // A pattern beyond what can be generated is still met by the values that do not fit it.
    return fc.string({ maxLength: max });
  }
}

/** Puts `bad` somewhere inside `value`; a value without an inside is replaced. */
function spoil(value: unknown, bad: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null) return bad;
  const names = Object.keys(value);
  if (names.length === 0) return { ...value, surplus: bad };
  const name = names[at % names.length] ?? '';
  const inner = (value as Record<string, unknown>)[name];
  const rest = Math.floor(at / names.length);
  if (rest % 5 === 4) {
    const { [name]: _gone, ...others } = value as Record<string, unknown>;
    return others;
  }
  const isInside = typeof inner === 'object' && inner !== null && rest % 3 !== 0;
  const changed = isInside ? spoil(inner, bad, rest) : bad;
  if (Array.isArray(value))
    return value.map((each, n) => (String(n) === name ? changed : (each as unknown)));
  return { ...value, [name]: changed };
}
