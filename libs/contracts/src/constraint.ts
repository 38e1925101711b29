import { CivilDate, type Words } from '#libs/kernel';

/**
 * What a parameter's value must be, in words and as a check. `read` takes the stored JSON (yen as
 * decimal strings) and gives the typed value, or `undefined` where the constraint is broken.
 */
export interface Constraint<V> extends Words {
  readonly read: (json: unknown) => V | undefined;
}

const constraint = <V>(ja: string, en: string, read: (json: unknown) => V | undefined) => ({
  ja,
  en,
  read,
});

const isRecord = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const wholeNumber = (min: number, max: number): Constraint<number> =>
  constraint(`${min}以上${max}以下の整数`, `a whole number from ${min} to ${max}`, (json) =>
    typeof json === 'number' && Number.isInteger(json) && json >= min && json <= max
      ? json
      : undefined,
  );

export const yenAtLeast = (min: bigint): Constraint<bigint> =>
  constraint(`${min}円以上の整数円`, `whole yen, at least ${min}`, (json) => {
    if (typeof json !== 'string' || !/^(0|[1-9]\d{0,17})$/.test(json)) return undefined;
    const yen = BigInt(json);
    return yen >= min ? yen : undefined;
  });

export const flag: Constraint<boolean> = constraint('真偽', 'true or false', (json) =>
  typeof json === 'boolean' ? json : undefined,
);

export const oneOf = <const T extends string>(...values: T[]): Constraint<T> =>
  constraint(`${values.join('・')}のいずれか`, `one of ${values.join(', ')}`, (json) =>
    values.find((value) => value === json),
  );

/** A set without repetition, in the order given. `allowsNone`: it may be empty. */
export const subsetOf = <const T extends string>(
  values: readonly T[],
  allowsNone = false,
): Constraint<readonly T[]> =>
  constraint(`${values.join('・')}からの組`, `a set of ${values.join(', ')}`, (json) => {
    if (!Array.isArray(json) || (json.length === 0 && !allowsNone)) return undefined;
    const known = json.filter((one): one is T => (values as readonly unknown[]).includes(one));
    return known.length === json.length && new Set(json).size === json.length ? known : undefined;
  });

export const text = (maxLength: number): Constraint<string> =>
  constraint(`${maxLength}字以内の文`, `a text of at most ${maxLength} characters`, (json) =>
    typeof json === 'string' && json.trim() !== '' && json.length <= maxLength ? json : undefined,
  );

/** `hh:mm` from 00:00 to 24:00, in Tokyo. */
export const timeOfDay: Constraint<string> = constraint(
  '00:00から24:00までの時刻',
  'a time of day from 00:00 to 24:00',
  (json) =>
    typeof json === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(json) ? json : undefined,
);

export const civilDateText: Constraint<string> = constraint(
  '年月日',
  'a date as YYYY-MM-DD',
  (json) => (typeof json === 'string' && CivilDate.parse(json).ok ? json : undefined),
);

export const listOf = <V>(item: Constraint<V>, max = 500): Constraint<readonly V[]> =>
  constraint(`${item.ja}の列`, `a list: ${item.en}`, (json) => {
    if (!Array.isArray(json) || json.length > max) return undefined;
    const values = json.map(item.read);
    return values.includes(undefined) ? undefined : (values as V[]);
  });

/** Exactly these members, each with its own constraint; an unknown member is refused. */
export const shape = <T extends Record<string, unknown>>(members: {
  readonly [K in keyof T]: Constraint<T[K]>;
}): Constraint<T> => {
  const entries = Object.entries<Constraint<unknown>>(members);
  return constraint(
    entries.map(([name, member]) => `${name}: ${member.ja}`).join('、'),
    entries.map(([name, member]) => `${name}: ${member.en}`).join('; '),
    (json) => {
      if (!isRecord(json) || Object.keys(json).some((key) => !(key in members))) return undefined;
      const read = entries.map(([name, member]) => [name, member.read(json[name])] as const);
      return read.some(([, value]) => value === undefined)
        ? undefined
        : (Object.fromEntries(read) as T);
    },
  );
};

/** A table whose keys are exactly `keys`. */
export const tableBy = <const K extends string, V>(
  keys: readonly K[],
  value: Constraint<V>,
): Constraint<Readonly<Record<K, V>>> =>
  shape<Record<K, V>>(
    Object.fromEntries(keys.map((key) => [key, value])) as { [N in K]: Constraint<V> },
  );

/** Either a value or, where the text leaves room for none, the word "none". */
export const orNone = <V>(value: Constraint<V>): Constraint<V | 'none'> =>
  constraint(`${value.ja}、または none`, `${value.en}, or none`, (json) =>
    json === 'none' ? 'none' : value.read(json),
  );

/** A constraint narrowed by one more condition, told in words. */
export const where = <V>(
  base: Constraint<V>,
  ja: string,
  en: string,
  holds: (value: V) => boolean,
): Constraint<V> =>
  constraint(`${base.ja}（${ja}）`, `${base.en} (${en})`, (json) => {
    const value = base.read(json);
    return value !== undefined && holds(value) ? value : undefined;
  });

/** Different values, at least one and at most `countMax`. */
export const fewOf = <V>(each: Constraint<V>, countMax: number): Constraint<readonly V[]> =>
  constraint(
    `${each.ja}を重複なく1個以上${countMax}個以下`,
    `from 1 to ${countMax} of ${each.en}, each once`,
    (json) => {
      if (!Array.isArray(json) || json.length === 0 || json.length > countMax) return undefined;
      const values = json.map((one) => each.read(one));
      const areDifferent = new Set(values).size === values.length;
      return areDifferent && !values.includes(undefined) ? (values as V[]) : undefined;
    },
  );
