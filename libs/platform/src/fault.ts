/** What may be written to a log about an error: where it happened and of what kind, never with which values. */
export interface Fault {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** SQLSTATE and what the database names; its detail holds whole rows and therefore stays out (T-30). */
  readonly sqlState?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly cause?: Fault;
}

const CAUSES_MAX = 3;
const SQL_STATE = /^[0-9A-Z]{5}$/;

/**
 * An error as a log may hold it (T-30). Only named members are taken: an error of the database carries
 * the failing row, and one of the object mapper the parameters of its statement.
 */
export function faultOf(thrown: unknown, depth = 0): Fault {
  if (!(thrown instanceof Error))
    return { type: typeof thrown, message: 'not an error', stack: '' };
  const { severity, code, table, constraint } = thrown as Error & Record<string, unknown>;
  const sqlState = typeof code === 'string' && SQL_STATE.test(code) ? code : undefined;
  const isOfDatabase = sqlState !== undefined && typeof severity === 'string';
  const isNamed = (name: unknown): name is string => isOfDatabase && typeof name === 'string';
  const mayCause = depth < CAUSES_MAX && thrown.cause !== undefined;
  return {
    type: thrown.name,
    // The sentence of a database can quote the value that it did not like.
    message: isOfDatabase ? `the database refused with ${sqlState}` : thrown.message,
    stack: framesOf(thrown),
    ...(isOfDatabase ? { sqlState } : {}),
    ...(isNamed(table) ? { table } : {}),
    ...(isNamed(constraint) ? { constraint } : {}),
    ...(mayCause ? { cause: faultOf(thrown.cause, depth + 1) } : {}),
  };
}

/** The stack without its first lines, which repeat the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
