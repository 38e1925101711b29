import type { Words } from '#libs/kernel';

/** How a fact is asked for on a form and written in a decision document. */
export type FactKind =
  | 'finding'
  | 'flag'
  | 'choice'
  | 'date'
  | 'instant'
  | 'yen'
  | 'count'
  | 'text'
  | 'person'
  | 'list'
  | 'thing';

declare const valueType: unique symbol;

/** One thing that a clause may ask about. `V` is the type a rule receives; it exists for the compiler. */
export interface Fact<V> extends Words {
  readonly kind: FactKind;
  readonly [valueType]?: V;
}

/**
 * Describes a fact: its kind and its name in both languages. `finding` is three-valued (Tri); `flag` is
 * something the system itself knows for certain. The value type is given as `fact<CivilDate>(…)`.
 */
export const fact = <V>(kind: FactKind, ja: string, en: string): Fact<V> => ({ kind, ja, en });

/** The type that a rule receives for a fact. */
export type ValueOf<F> = F extends Fact<infer V> ? V : never;
