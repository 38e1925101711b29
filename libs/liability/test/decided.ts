import type { Result } from '#libs/kernel';

/** The value of a result that a test expects to be accepted; a refusal fails with its own words. */
export function decided<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.refusal)}.`);
  return result.value;
}

/** The refusal that a test expects, as `code field clause` in one line. */
export function refusal(result: Result<unknown>): string {
  if (result.ok) return 'accepted';
  const { code, clause, facts } = result.refusal;
  return [code, facts?.['field'], clause].filter(Boolean).join(' ');
}
