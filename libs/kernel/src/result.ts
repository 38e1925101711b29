/**
 * A refusal is a value. `code` is stable and in lower_snake_case, `clause` is the clause it rests on,
 * `facts` are the public facts that the sentence may name. Sentences stand in `*.refusals.ts`.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly clause?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export type Result<Value, R extends Refusal = Refusal> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: R };

export const accepted = <Value>(value: Value) => ({ ok: true, value }) as const;

export const refused = <Code extends string>(
  code: Code,
  more: Omit<Refusal<Code>, 'code'> = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } => ({
  ok: false,
  refusal: { code, ...more },
});

/** What a reader is told: a sentence in both languages, always together. */
export interface Words {
  readonly ja: string;
  readonly en: string;
}

/** The sentences of a room's refusals, beside their clause. One entry per code; the room's codes are its keys. */
export type RefusalSentences<Code extends string> = Readonly<
  Record<Code, Words & { readonly clause?: string }>
>;
