import { pino, type Logger } from 'pino';

export type LogLevel = 'info' | 'warn' | 'silent';

const FLUSH_MS = 200;
const BUFFER_BYTES = 8 * 1024;

/**
 * One JSON object per line on standard output, time and server first. Lines are written in groups: what a
 * process that is killed had not written yet is at most a fifth of a second old.
 */
export function createLog(server: string, level: LogLevel): Logger {
  if (level === 'silent') return pino({ level: 'silent' });
  const destination = pino.destination({ dest: 1, sync: false, minLength: BUFFER_BYTES });
  const flush = setInterval(() => destination.flush(), FLUSH_MS);
  flush.unref();
  process.once('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // Nobody listens any more.
    }
  });
  return pino(
    {
      level,
      base: { server },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
}
