import { freezeBackend, killBackend, killPostmaster } from './backends.js';
import { diskFull } from './disk-full.js';
import type { Nemesis } from './nemesis.js';
import { cutConnections, freezeWriter, killWriter, swallowReplies } from './processes.js';
import { maintenance, midnight, tinyTimeouts } from './settings.js';

export { NotHere, type Blow, type Nemesis } from './nemesis.js';

/** Everything that goes wrong in a house, by name. */
export const NEMESES = {
  kill_postmaster: killPostmaster,
  kill_backend: killBackend,
  kill_writer: killWriter,
  swallow_replies: swallowReplies,
  cut_connections: cutConnections,
  freeze_writer: freezeWriter,
  freeze_backend: freezeBackend,
  midnight,
  tiny_timeouts: tinyTimeouts,
  disk_full: diskFull,
  maintenance,
} as const satisfies Readonly<Record<string, Nemesis>>;

export type NemesisName = keyof typeof NEMESES;
export const NEMESIS_NAMES = Object.keys(NEMESES) as readonly NemesisName[];
