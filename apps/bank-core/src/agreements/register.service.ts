import { Inject, Injectable } from '@nestjs/common';
import type { ServiceAct } from '#libs/contracts';
import { accepted, CivilDate, newId, refused, type Refusal, type Result } from '#libs/kernel';
import { serviceTypesOf, type IntermediaryService } from './domain/contract-terms.js';
import type { Intermediary } from './domain/intermediary.js';
import { revokedSince, type Registration } from './domain/registration.js';
import type { RegisterRefusal } from './domain/register.refusals.js';
import { FederationDesk } from './federation-desk.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import {
  insertIntermediary,
  insertRegistration,
  insertService,
  lockRegister,
  registeredAs,
  registrationsOf,
  servicesOf,
  statusOf,
} from './storage/register.store.pg.js';

export interface RegisterEntry extends Intermediary {
  readonly registrations: readonly Registration[];
  readonly services: readonly IntermediaryService[];
  /** Since when the authority's register no longer has it; it proposes, and stops nothing. */
  readonly revokedSince: CivilDate | undefined;
}

export type Newcomer = Omit<Intermediary, 'id' | 'status'> & {
  readonly registeredOn: CivilDate;
  readonly source: string;
};

/** The bank's register of intermediaries: who they are, what the authority says, which services they offer (RKN-D3). */
@Injectable()
export class RegisterService {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
  ) {}

  async all(): Promise<RegisterEntry[]> {
    const found = await this.store.intermediaries();
    return Promise.all(found.map((one) => this.entryOf(one)));
  }

  async find(epspId: string): Promise<RegisterEntry | undefined> {
    const found = await this.store.intermediary(epspId);
    return found && this.entryOf(found);
  }

  /**
   * The first contact: known by name, pending, covered by nothing. Entered twice it is entered once; a registration
   * that another name has is refused with `registration_known` (T-07).
   */
  enter(
    officer: string,
    newcomer: Newcomer,
  ): Promise<Result<{ readonly epspId: string }, Refusal<RegisterRefusal>>> {
    return this.federation.act({}, async (tx, at, note) => {
      await lockRegister(tx);
      const { registeredOn, source, ...names } = newcomer;
      const known = await registeredAs(tx, names.registration);
      if (known?.nameJa === names.nameJa) return accepted({ epspId: known.id });
      if (known) return refused('registration_known');
      const epspId = newId('epsp', at);
      await insertIntermediary(tx, { ...names, id: epspId });
      const { registration } = names;
      const entry = { registration, registeredOn, revokedOn: undefined, source };
      await insertRegistration(tx, epspId, { ...entry, enteredBy: officer }, at);
      await note('intermediary_entered', { epspId });
      return accepted({ epspId });
    });
  }

  /** A fact that somebody read: also a revocation, which the watch shows and which stops nothing by itself. */
  enterRegistration(
    officer: string,
    epspId: string,
    entry: Pick<Registration, 'registration' | 'registeredOn' | 'revokedOn' | 'source'>,
  ): Promise<Result<{ readonly version: number }, Refusal<RegisterRefusal>>> {
    return this.federation.act({ epspId }, async (tx, at, note) => {
      await lockRegister(tx);
      if ((await statusOf(tx, epspId)) === undefined) return refused('not_found');
      if (entry.revokedOn?.isBefore(entry.registeredOn))
        return refused('revoked_before_registered');
      const newest = (await registrationsOf(tx, epspId)).at(-1);
      if (newest && isSame(newest, entry)) return accepted({ version: newest.version });
      const version = await insertRegistration(tx, epspId, { ...entry, enteredBy: officer }, at);
      const revokedOn = entry.revokedOn?.toString() ?? null;
      await note('intermediary_registration_entered', { version, revokedOn });
      return accepted({ version });
    });
  }

  /** Once per name. Refuses with `not_a_service` for what is neither kind of RKN-D3. */
  enterService(
    officer: string,
    epspId: string,
    service: {
      readonly nameJa: string;
      readonly nameEn: string;
      readonly acts: readonly ServiceAct[];
      readonly since: CivilDate;
    },
  ): Promise<Result<{ readonly serviceId: string }, Refusal<RegisterRefusal>>> {
    return this.federation.act({ epspId }, async (tx, at, note) => {
      await lockRegister(tx);
      if ((await statusOf(tx, epspId)) === undefined) return refused('not_found');
      const acts = serviceTypesOf(service.acts);
      if (acts.length === 0) return refused('not_a_service', { clause: 'RKN-D3' });
      const known = (await servicesOf(tx, epspId)).find(({ nameJa }) => nameJa === service.nameJa);
      if (known) return accepted({ serviceId: known.id });
      const id = newId('svc', at);
      await insertService(tx, epspId, { ...service, id, acts }, officer, at);
      await note('intermediary_service_entered', { serviceId: id, acts, clause: 'RKN-D3' });
      return accepted({ serviceId: id });
    });
  }

  private async entryOf(intermediary: Intermediary): Promise<RegisterEntry> {
    const today = CivilDate.inTokyo(await this.federation.clock.now());
    return this.federation.database.transaction(async (tx) => {
      const registrations = await registrationsOf(tx, intermediary.id);
      return {
        ...intermediary,
        registrations,
        services: await servicesOf(tx, intermediary.id),
        revokedSince: revokedSince(registrations, today),
      };
    });
  }
}

/** Whether somebody has entered exactly this already. */
const isSame = (
  newest: Registration,
  entry: Pick<Registration, 'registration' | 'registeredOn' | 'revokedOn'>,
): boolean =>
  newest.registration === entry.registration &&
  newest.registeredOn.equals(entry.registeredOn) &&
  newest.revokedOn?.toString() === entry.revokedOn?.toString();
