/** SQLSTATE of a server that is not there for us now: connections, shutdown, a database that takes nobody in. */
const AWAY = ['57P01', '57P02', '57P03', '53300', '55000', '3D000'];
/** And of one that had no time or no room for it: cancelled, deadlock, a lock that was not to be had, a full disk. */
const TOO_BUSY = ['57014', '40P01', '55P03', '53100'];
const STATES = new Set([...AWAY, ...TOO_BUSY]);
const STATE_OF_CONNECTION = /^08[0-9A-Z]{3}$/;
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
/** What the driver says where there is no code. */
const WORDS = new RegExp(
  [
    '^connection terminated',
    '^timeout exceeded when trying to connect',
    '^query read timeout',
    '^client has encountered a connection error',
  ].join('|'),
  'i',
);

const CAUSES_MAX = 3;

/**
 * True when the database did not answer, as opposed to having refused: what failed may be asked again later, and its
 * fault lies with nobody who called.
 */
export function isDatabaseSilence(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code, severity } = thrown as Error & Record<string, unknown>;
  if (typeof code === 'string') {
    const isOfServer = typeof severity === 'string';
    if (isOfServer && (STATES.has(code) || STATE_OF_CONNECTION.test(code))) return true;
    if (SYSTEM.has(code)) return true;
  }
  if (WORDS.test(thrown.message)) return true;
  return depth < CAUSES_MAX && isDatabaseSilence(thrown.cause, depth + 1);
}
