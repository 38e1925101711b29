import fc from 'fast-check';
import { bodyOf } from './bodies.js';
import { callersOf, type Audience, type Caller } from './callers.js';
import type { Draft } from './draft.js';
import { hostileText } from './hostile.js';
import { namesFor } from './known-names.js';
import { operationsOf, type OpenApi, type Operation, type Parameter } from './operations.js';
import { Values } from './values.js';

/** The value once in so many times, else nothing. */
export const seldom = <Value>(
  value: fc.Arbitrary<Value>,
  oneIn: number,
): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

/** Header values may not hold everything; what a client library refuses to send never arrives anywhere. */
const asHeader = (text: string): string =>
  Array.from(text, (char) =>
    /^[\t\x20-\x7e]$/.test(char) ? char : encodeURIComponent(scalar(char)),
  ).join('');

/** A lone surrogate has no encoding; the replacement character stands for it. */
const scalar = (text: string): string => text.toWellFormed();

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Drafts for every operation of one document, from whoever it is written for and from others. */
export function draftsOf(document: OpenApi, audience: Audience): fc.Arbitrary<Draft> {
  const values = new Values(document, namesFor(audience));
  return fc.oneof(
    ...operationsOf(document).map((operation) => {
      const from = callersOf(operation, audience);
      return fc.oneof(
        { weight: 5, arbitrary: assembled(operation, values, from, 'valid') },
        { weight: 3, arbitrary: assembled(operation, values, from, 'nearly') },
        { weight: 2, arbitrary: assembled(operation, values, from, 'hostile') },
      );
    }),
  );
}

function assembled(
  operation: Operation,
  values: Values,
  caller: fc.Arbitrary<Caller>,
  kind: Draft['kind'],
): fc.Arbitrary<Draft> {
  return fc
    .record({
      caller,
      parameters: fc.tuple(...operation.parameters.map((each) => parameterOf(each, values, kind))),
      body: bodyOf(operation, values, kind),
      spoilt: fc.nat(),
      surplus: seldom(fc.tuple(hostileText, hostileText), kind === 'valid' ? 40 : 6),
    })
    .map(({ caller, parameters, body, spoilt, surplus }) => {
      const at = kind === 'nearly' && parameters.length > 0 ? spoilt % parameters.length : -1;
      const said = operation.parameters.map((parameter, n) => {
        const { good, bad, isLeftOut } = parameters[n]!;
        const isBad = kind === 'hostile' || (n === at && !body);
        return { parameter, text: isBad ? bad : good, isLeftOut: isLeftOut && !isBad };
      });
      const { path, headers } = written(operation, said, surplus);
      const { method } = operation;
      const all = { ...headers, ...body?.headers };
      // Without a name in its path it is another address, which no document describes.
      const isElsewhere = said.some(({ parameter, text }) => parameter.in === 'path' && !text);
      const met = isElsewhere ? undefined : operation;
      return { operation: met, caller, kind, method, path, headers: all, body: body?.body };
    });
}

interface Said {
  readonly parameter: Parameter;
  readonly text: string;
  readonly isLeftOut: boolean;
}

function written(operation: Operation, said: readonly Said[], surplus: [string, string] | null) {
  let path = operation.path;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { parameter, text, isLeftOut } of said) {
    const { name } = parameter;
    if (parameter.in === 'path') path = path.replace(`{${name}}`, () => encodeName(text));
    else if (isLeftOut) continue;
    else if (parameter.in === 'query') query.append(name, scalar(text));
    else if (parameter.in === 'header') headers[name] = asHeader(text);
  }
  if (surplus) query.append(scalar(surplus[0]), scalar(surplus[1]));
  const search = query.toString().replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}');
  return { path: search ? `${path}?${search}` : path, headers };
}

/** One segment of a path, whatever it holds; known names stay readable until they are filled in. */
const encodeName = (text: string): string =>
  /^\{\{\w+\}\}$/.test(text) ? text : encodeURIComponent(scalar(text)).replaceAll('.', '%2E');

function parameterOf(parameter: Parameter, values: Values, kind: Draft['kind']) {
  const schema = parameter.schema ?? {};
  return fc.record({
    good: values.of(parameter.name, schema).map(asText),
    bad: fc.oneof(hostileText, values.nearly(parameter.name, schema).map(asText)),
    isLeftOut: parameter.required ? fc.constant(kind === 'hostile') : fc.boolean(),
  });
}
