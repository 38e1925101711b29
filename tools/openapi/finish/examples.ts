import { refOf } from './closed-requests.js';
import { samplePattern } from './sample-pattern.js';
import type { Document, Media, Schema } from './shape.js';

type Schemas = Document['components']['schemas'];

/** The same people, banks and ids in every example, so that a reader recognises them. */
const KNOWN: Readonly<Record<string, unknown>> = {
  accountId: 'acc_01j00000000000000000000001',
  transferId: 'trf_01j00000000000000000000001',
  consentId: 'cns_01j00000000000000000000001',
  chainPartnerId: 'none',
  epspId: 'epsp_01j0000000000000000000mnat',
  clientId: 'minato-kakei',
  bankCode: '2963',
  branchCode: '165',
  branchName: '本店営業部',
  accountType: '1',
  accountNumber: '1234567',
  nameKana: 'ﾐﾅﾄ ﾀﾛｳ',
  payerName: 'ｶ)ﾐﾅﾄｼﾖｳｼﾞ',
  description: '振込 ｶ)ﾐﾅﾄｼﾖｳｼﾞ',
  ediText: 'INV-2026-11',
  instructionId: 'order-2026-0001',
  transactionId: '1024',
  kind: 'transfer',
  ja: '普通',
  en: 'Ordinary',
  self: '/v1/banks/2963/accounts',
  statusReason: null,
  aftercare: null,
};

const typeOf = ({ type }: Schema): string | undefined =>
  typeof type === 'string' ? type : type?.find((one) => one !== 'null');

function fits(value: unknown, schema: Schema): boolean {
  if (schema.enum) return schema.enum.includes(value);
  if (value === null) return Array.isArray(schema.type) && schema.type.includes('null');
  if (typeof value !== 'string' || typeOf(schema) !== 'string') return false;
  return (
    (!schema.pattern || new RegExp(schema.pattern).test(value)) &&
    value.length <= (schema.maxLength ?? Infinity)
  );
}

const scalars: Readonly<Record<string, (schema: Schema) => unknown>> = {
  string: ({ format, pattern, minLength = 0 }) =>
    format === 'uuid'
      ? '3f1c2f0a-7a51-4a4e-9d3f-0a6c2f3f0b77'
      : format?.startsWith('uri')
        ? 'https://renkei.example/'
        : pattern
          ? samplePattern(pattern).padEnd(minLength, 'a')
          : 'text',
  integer: ({ minimum = 1, maximum = 1 }) => Math.min(Math.max(1, minimum), maximum),
  number: () => 1,
  boolean: () => true,
  null: () => null,
};

/** An example that the schema accepts; a specification test asks a validator whether it does. */
export function exampleOf(schema: Schema, schemas: Schemas, name = ''): unknown {
  const ref = refOf(schema);
  if (ref !== undefined) return exampleOf(schemas[ref] ?? {}, schemas, name);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (fits(KNOWN[name], schema)) return KNOWN[name];
  if (schema.enum) return schema.enum[0];
  const [first] = schema.oneOf ?? schema.anyOf ?? schema.allOf ?? [];
  if (first) return exampleOf(first, schemas, name);
  if (schema.properties) return objectOf(schema.properties, schemas);
  if (schema.items)
    return Array.from({ length: schema.minItems ?? 1 }, () =>
      exampleOf(schema.items ?? {}, schemas, name),
    );
  return scalars[typeOf(schema) ?? '']?.(schema) ?? {};
}

const objectOf = (properties: Readonly<Record<string, Schema>>, schemas: Schemas): object =>
  Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, exampleOf(one, schemas, name)]),
  );

/** The media with an example, its own where somebody wrote one. */
export const withExample = (media: Media, schemas: Schemas): Media =>
  media.example !== undefined || media.examples || !media.schema
    ? media
    : { ...media, example: exampleOf(media.schema, schemas) };
