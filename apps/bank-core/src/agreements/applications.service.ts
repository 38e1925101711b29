import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  CivilDate,
  newId,
  refused,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { IdempotencyRefusal, Transaction } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import {
  decideStep,
  standingOf,
  type ApplicationEvent,
  type ApplicationRefusal,
  type ApplicationStanding,
} from './domain/application.js';
import { FederationDesk, type Note } from './federation-desk.js';
import {
  applicationBy,
  applicationsOf,
  insertApplication,
  insertEvent,
  lockApplications,
  type Application,
} from './storage/application.store.pg.js';

/** What one side does; who does it and when is added here. */
export type StepSaid = Pick<ApplicationEvent, 'act' | 'step' | 'note' | 'documents' | 'targetOn'>;

export interface ApplicationView extends Application {
  readonly standing: ApplicationStanding;
  /** The instant up to which the clocks were read. */
  readonly asOf: Instant;
}

type Answer = Promise<
  Result<
    KeptAnswer<{ readonly applicationId: string }>,
    Refusal<ApplicationRefusal | IdempotencyRefusal | 'not_found'>
  >
>;

const OPEN_LOOKED_AT = 100;

/** The way of an intermediary from first contact to going live, as both sides see it. */
@Injectable()
export class ApplicationsService {
  constructor(@Inject(FederationDesk) private readonly federation: FederationDesk) {}

  /** Newest first. */
  async list(filter: {
    readonly epspId?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<ApplicationView[]> {
    const now = await this.federation.clock.now();
    const found = await this.federation.database.transaction((tx) => applicationsOf(tx, filter));
    return found.map((one) => viewOf(one, now));
  }

  async find(id: string, epspId?: string): Promise<ApplicationView | undefined> {
    const now = await this.federation.clock.now();
    const found = await this.federation.database.transaction((tx) => applicationBy(tx, id));
    const isOwn = epspId === undefined || found?.epspId === epspId;
    return found && isOwn ? viewOf(found, now) : undefined;
  }

  /** The intermediary makes the first contact itself; once per key. */
  openOwn(caller: InternalCaller, key: string, purpose: string): Answer {
    const { epspId, clientId } = caller;
    const call = {
      ...({ institutionId: 'federation', clientId, route: 'applications', key } as const),
      content: { purpose },
    };
    return this.federation.act(caller, (tx, at, note) =>
      actOnce(tx, call, async () =>
        accepted(await open(tx, note, { epspId, purpose, openedBy: 'intermediary', at })),
      ),
    );
  }

  /** A person of the bank opens it after the first contact; for one purpose there is one that is open. */
  openFor(epspId: string, purpose: string): Promise<{ readonly applicationId: string }> {
    return this.federation.act({ epspId }, async (tx, at, note) => {
      await lockApplications(tx, epspId);
      const known = (await applicationsOf(tx, { epspId, limit: OPEN_LOOKED_AT })).find(
        (one) => one.purpose === purpose && viewOf(one, at).standing.state === 'open',
      );
      return known
        ? { applicationId: known.id }
        : open(tx, note, { epspId, purpose, openedBy: 'bank', at });
    });
  }

  /** The intermediary's own move; once per key. A foreign application is as unknown as none (T-14). */
  actOwn(caller: InternalCaller, key: string, id: string, said: StepSaid): Answer {
    const { epspId, clientId } = caller;
    const content = { ...said, targetOn: said.targetOn?.toString() ?? null };
    const call = {
      ...({ institutionId: 'federation', clientId, route: `applications/${id}`, key } as const),
      content,
    };
    return this.federation.act(caller, (tx, at, note) =>
      actOnce(tx, call, () =>
        take(tx, note, id, { ...said, side: 'intermediary', actor: clientId, at }, epspId),
      ),
    );
  }

  /** The bank's move; done twice it is refused the second time. */
  actFor(
    officer: string,
    id: string,
    said: StepSaid,
  ): Promise<
    Result<{ readonly applicationId: string }, Refusal<ApplicationRefusal | 'not_found'>>
  > {
    return this.federation.act({}, (tx, at, note) =>
      take(tx, note, id, { ...said, side: 'bank', actor: officer, at }),
    );
  }
}

export const viewOf = (application: Application, now: Instant): ApplicationView => ({
  ...application,
  standing: standingOf(application.openedAt, application.events, now),
  asOf: now,
});

async function open(
  tx: Transaction,
  note: Note,
  asked: Pick<Application, 'epspId' | 'purpose' | 'openedBy'> & { readonly at: Instant },
): Promise<{ readonly applicationId: string }> {
  const { at, ...rest } = asked;
  const applicationId = newId('app', at);
  await insertApplication(tx, { ...rest, id: applicationId, openedAt: at });
  await note('application_opened', { applicationId, openedBy: asked.openedBy });
  return { applicationId };
}

/** Reads under a lock, asks the domain, and adds the event; a refusal adds nothing. */
async function take(
  tx: Transaction,
  note: Note,
  id: string,
  event: ApplicationEvent,
  epspId?: string,
): Promise<Result<{ readonly applicationId: string }, Refusal<ApplicationRefusal | 'not_found'>>> {
  const found = await applicationBy(tx, id, true);
  if (!found || (epspId !== undefined && found.epspId !== epspId)) return refused('not_found');
  const standing = standingOf(found.openedAt, found.events, event.at);
  const decided = decideStep(standing, event, CivilDate.inTokyo(event.at));
  if (!decided.ok) return decided;
  await insertEvent(tx, id, event);
  const { act, step, side } = event;
  await note(`application_${act}`, { applicationId: id, step, side });
  return accepted({ applicationId: id });
}
