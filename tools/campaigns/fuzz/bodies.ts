import fc from 'fast-check';
import { hostileBody, hostileMediaType, hostileText } from './hostile.js';
import { placeholder } from './known-names.js';
import type { Operation } from './operations.js';
import type { Draft } from './draft.js';
import type { Values } from './values.js';

export type Body = Pick<Draft, 'body' | 'headers'> | undefined;

const JSON_TYPE = 'application/json';
const as =
  (type: string) =>
  (body: string): Body => ({ body, headers: { 'content-type': type } });
const asJson = (value: unknown): Body => as(JSON_TYPE)(JSON.stringify(value) ?? '');

const TABLE = placeholder('table');

/** Files that a room takes: evidence by its content, and tables of answers as they came out. */
const goodFile: fc.Arbitrary<string> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80 }).map((text) => `a note ${text}`),
  fc.string({ maxLength: 40 }).map((text) => `%PDF-1.7\n${text}\n%%EOF\n`),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  fc.constant(TABLE),
  fc
    .tuple(
      fc.stringMatching(/^[0-9]\.[0-9]$/),
      fc.constantFrom('yes', 'no', '○', '×', ''),
      fc.string(),
    )
    .map((cells) => `${TABLE}${cells.map(cell).join(',')}\r\n`),
);

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Lines that no table has, spreadsheets that would compute, and bytes that are no text. */
const badFile: fc.Arbitrary<string> = fc.oneof(
  hostileBody,
  hostileText,
  fc.tuple(fc.constant(TABLE), hostileText).map(([table, bad]) => `${table}${bad}\r\n`),
  fc.array(hostileText.map(cell), { maxLength: 30 }).map((cells) => cells.join(',')),
  fc.array(hostileText, { maxLength: 8 }).map((lines) => lines.join('\r\n')),
  fc.constant(`${'x,'.repeat(40_000)}\r\n`),
  fc.constant('PK\u0003\u0004\u0000\u0000'),
  fc.constant('\ufeff項番,回答\r\n4.2,はい\r\n'),
);

/** What a caller sends with an operation: by the media types that it declares, and now and then by another. */
export function bodyOf(
  operation: Operation,
  values: Values,
  kind: Draft['kind'],
): fc.Arbitrary<Body> {
  const declared = Object.entries(operation.requestBody?.content ?? {});
  if (declared.length === 0) return noneDeclared(operation, kind);
  return fc.oneof(
    ...declared.map(([type, { schema = {} }]) =>
      type === JSON_TYPE
        ? jsonBody(values.of('', schema), values.nearly('', schema), kind)
        : fileBody(type, kind),
    ),
  );
}

/** A body where none is wanted, as some clients send one. */
const noneDeclared = ({ method }: Operation, kind: Draft['kind']): fc.Arbitrary<Body> =>
  kind !== 'hostile' || method === 'GET'
    ? fc.constant(undefined)
    : fc.oneof(fc.constant(undefined), fc.constantFrom('{}', '{"a":1}', '[').map(as(JSON_TYPE)));

function jsonBody(
  whole: fc.Arbitrary<unknown>,
  spoilt: fc.Arbitrary<unknown>,
  kind: Draft['kind'],
): fc.Arbitrary<Body> {
  if (kind === 'valid') return whole.map(asJson);
  if (kind === 'nearly') return spoilt.map(asJson);
  return fc.oneof(
    hostileBody.map(as(JSON_TYPE)),
    goodFile.map(as('application/octet-stream')),
    fc
      .tuple(whole, hostileMediaType)
      .map(([value, type]): Body => as(type)(JSON.stringify(value) ?? '')),
  );
}

function fileBody(type: string, kind: Draft['kind']): fc.Arbitrary<Body> {
  if (kind === 'valid') return goodFile.map(as(type));
  if (kind === 'nearly') return badFile.map(as(type));
  return fc
    .tuple(
      fc.oneof(goodFile, badFile),
      fc.oneof(hostileMediaType, fc.constantFrom(JSON_TYPE, 'text/csv', 'application/pdf')),
    )
    .map(([body, other]) => as(other)(body));
}
