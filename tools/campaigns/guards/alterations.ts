import { assert } from '#libs/kernel';
import type pg from 'pg';

/** One change that takes a guard away, in the text of a product's function or in the schema. */
export type Alteration =
  | { readonly fn: string; readonly from: string | RegExp; readonly to: string }
  | { readonly drop: 'unique' | 'check'; readonly table: string; readonly on: RegExp }
  | { readonly sql: string };

/** Carries out the alterations in their order. Throws unless each fits in exactly one place. */
export async function alter(admin: pg.Client, alterations: readonly Alteration[]): Promise<void> {
  for (const one of alterations) {
    if ('sql' in one) await admin.query(one.sql);
    else if ('fn' in one) await rewrite(admin, one.fn, one.from, one.to);
    else await dropConstraint(admin, one.table, one.drop, one.on);
  }
}

/** Takes the function's text from the catalogue, so that what is altered is what runs, not a copy of it. */
async function rewrite(
  admin: pg.Client,
  fn: string,
  from: string | RegExp,
  to: string,
): Promise<void> {
  const { rows } = await admin.query<{ text: string }>(
    `select pg_get_functiondef(p.oid) as text from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.proname = $1`,
    [fn],
  );
  assert(rows.length === 1, `There are ${rows.length} functions ${fn}.`);
  await admin.query(replaceOnce(rows[0]?.text ?? '', from, to));
}

/** Throws unless `from` stands in the text exactly once: a mutant that changes nothing proves nothing. */
export function replaceOnce(text: string, from: string | RegExp, to: string): string {
  const parts = text.split(from);
  assert(parts.length === 2, `${from} stands ${parts.length - 1} times where it should once.`);
  return parts.join(to);
}

async function dropConstraint(
  admin: pg.Client,
  table: string,
  kind: 'unique' | 'check',
  on: RegExp,
): Promise<void> {
  const { rows } = await admin.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = $1::regclass and contype = any($2)`,
    [table, kind === 'unique' ? ['p', 'u'] : ['c']],
  );
  const found = rows.filter(({ definition }) => on.test(definition));
  assert(found.length === 1, `${found.length} constraints of ${table} are ${on}.`);
  await admin.query(`alter table ${table} drop constraint "${found[0]?.name}"`);
}
