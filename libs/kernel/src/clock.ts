import type { Instant } from './civil-date.js';

/** The only source of "now". In the servers it is the database's time plus the sandbox offset; rules never see it. */
export interface Clock {
  now(): Promise<Instant>;
}
