import type { LocalFetch } from '../../http/index.js';
import type { DemoClient } from '../../start/demo-clients.js';
import type { DemoPerson } from '../../start/seeds.js';

export type Victim = 'bank' | 'gateway';

/** A running system on which processes may be killed: of `npm start`, or of a story test. */
export interface Arena {
  readonly gatewayOrigin: string;
  readonly fetch: LocalFetch;
  readonly client: DemoClient;
  /** Holders of institutions that offer writes. */
  readonly people: readonly DemoPerson[];
  /** Owner of bank-core's schema, or a superuser: the judge reads behind the servers' backs. */
  readonly bankDatabaseUrl: string;
  /** kill -9 of the process that serves now, never of one that has already gone. */
  kill(victim: Victim): Promise<void>;
  /** Resolves when both servers answer again. */
  recovered(): Promise<void>;
}

/** Institutions whose writes the demonstration has switched on (design section 4). */
export const WRITING_BANKS: readonly string[] = ['2963', '2825'];
