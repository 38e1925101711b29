import type { CatalogueView, OutagesView } from '#libs/bank-core-client';

type Shape = (value: unknown) => boolean;

const text: Shape = (value) => typeof value === 'string';
const instant: Shape = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);
const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);
/** Further members are another version's affair. */
const object =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, shape]) =>
      shape((value as Readonly<Record<string, unknown>>)[name]),
    );

const outages = object({
  outages: listOf(
    object({
      outageId: text,
      bankCode: text,
      kind: text,
      state: text,
      functions: listOf(text),
      announcedAt: instant,
      startsAt: instant,
      endsAt: orNull(instant),
      endedAt: orNull(instant),
    }),
  ),
});

const catalogue = object({
  institutions: listOf(object({ bankCode: text, functions: object({}) })),
  intermediaries: listOf(object({ epspId: text, status: text, coveredBankCodes: listOf(text) })),
  chainPartners: listOf(
    object({
      chainPartnerId: text,
      epspId: text,
      functions: listOf(text),
      contractFrom: text,
      contractTo: orNull(text),
      status: text,
    }),
  ),
});

/**
 * Whether an answer that is kept and judged by for long is what the internal contract says, in all that is read of
 * it: a bank-core of another version may answer 200 with something else, and the copy of before is better than that.
 */
export const isOutagesView = (answer: unknown): answer is OutagesView => outages(answer);
export const isCatalogueView = (answer: unknown): answer is CatalogueView => catalogue(answer);
