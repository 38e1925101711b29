import { EventsCreateEvent202611221610 } from './202611221610-events-create-event.js';
import { EventsCreateAct202611221630 } from './202611221630-events-create-act.js';
import { EventsRenewActs202611250501 } from './202611250501-events-renew-acts.js';
import { EventsUnsignedSince202611260501 } from './202611260501-events-unsigned-since.js';
import { ClientsScopeCompromisedKeys202611260801 } from './202611260801-clients-scope-compromised-keys.js';
import { EventsIndexQueue202611261001 } from './202611261001-events-index-queue.js';
import { EventsToldChange202611261002 } from './202611261002-events-told-change.js';
import { EventsIndexDeliveries202611221650 } from './202611221650-events-index-deliveries.js';
import { GatewayGround202611220910 } from './202611220910-ground.js';
import { TellBlocks202611220930 } from './202611220930-tell-blocks.js';
import { TellEnds202611220920 } from './202611220920-tell-ends.js';
import { ClientsCreateSoftwareBlock202611250301 } from './202611250301-clients-create-software-block.js';
import { RateUse202611221710 } from './202611221710-rate-use.js';
import { ProofMemory202611221700 } from './202611221700-proof-memory.js';
import { ParticipantsCreateCallCount202611240110 } from './202611240110-participants-create-call-count.js';
import { ClientMetadata202611221210 } from './202611221210-client-metadata.js';
import { CompromisedKeys202611221310 } from './202611221310-compromised-keys.js';
import { Registration202611221300 } from './202611221300-registration.js';

/** Every migration of the gateway in order; never edited once released. Run by the owner role. */
export const migrations: (new () => object)[] = [
  GatewayGround202611220910,
  TellEnds202611220920,
  TellBlocks202611220930,
  ClientMetadata202611221210,
  Registration202611221300,
  CompromisedKeys202611221310,
  ProofMemory202611221700,
  RateUse202611221710,
  EventsCreateEvent202611221610,
  EventsCreateAct202611221630,
  EventsIndexDeliveries202611221650,
  ParticipantsCreateCallCount202611240110,
  ClientsCreateSoftwareBlock202611250301,
  EventsRenewActs202611250501,
  EventsUnsignedSince202611260501,
  ClientsScopeCompromisedKeys202611260801,
  EventsIndexQueue202611261001,
  EventsToldChange202611261002,
];
