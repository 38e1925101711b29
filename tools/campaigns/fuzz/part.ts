import type { Ids } from '../../../apps/gateway/test/stories/tenants/world.js';
import type { DemoPerson } from '../../start/seeds.js';
import type { OwnTokens, Software } from '../gateway-ground/software.js';

/** One intermediary's software and a holder of it, with everything that they have. */
export interface Part {
  readonly software: Software;
  readonly person: DemoPerson;
  readonly ids: Ids;
  tokens: OwnTokens;
  own: string;
}
