import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages and the rooms', in the same lines as everything else. */
export function nestLog(log: Logger): LoggerService {
  const as =
    (level: 'error' | 'warn' | 'info') =>
    (message: unknown, ...more: unknown[]): void => {
      // Nest puts the room's name last, and a stack before it where there is one.
      const context = typeof more.at(-1) === 'string' ? more.at(-1) : undefined;
      log[level]({ context }, String(message));
    };
  return { error: as('error'), warn: as('warn'), log: as('info'), fatal: as('error') };
}
