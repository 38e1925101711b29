import { Inject, Injectable } from '@nestjs/common';
import { accepted, CivilDate, refused, type Result } from '#libs/kernel';
import {
  Catalogue,
  LinkWatch,
  OwnAffairs,
  OwnLinkage,
  type Caller,
  type CatalogueCopy,
  type CoreRefusal,
} from '../bank/index.js';
import { RegisteredSoftware } from '../clients/index.js';
import { HostClock } from '../platform/host-clock.js';
import {
  applicationsOf,
  participantsOf,
  partnersOf,
  type RegisteredApplication,
  type RegisteredParticipant,
  type RegisteredPartner,
} from './domain/register.js';
import { standingOf, type Standing } from './domain/standing.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

/** Reads the copies and bank-core, and lets the pure files of `domain/` say what follows. */
@Injectable()
export class ParticipantsService {
  constructor(
    @Inject(OwnAffairs) private readonly affairs: OwnAffairs,
    @Inject(OwnLinkage) private readonly linkage: OwnLinkage,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LinkWatch) private readonly links: LinkWatch,
    @Inject(RegisteredSoftware) private readonly software: RegisteredSoftware,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** Why calls are refused, as far as links and contracts go. Refuses with `core_unavailable`. */
  async standing(caller: Caller): Answer<Standing> {
    const copy = this.catalogue.current();
    if (!copy) return silent();
    const { epspId, clientId } = caller;
    const participant = copy.intermediary(epspId);
    if (!participant) return refused('not_found');
    const partners = await this.affairs.partners(caller);
    if (!partners.ok) return partners;
    const matters = await this.linkage.matters(caller);
    if (!matters.ok) return matters;
    const software = await this.software.all();
    const own = applicationsOf(software, copy.view).find((one) => one.clientId === clientId);
    return accepted(
      standingOf({
        matters: matters.value,
        participant: participant.status,
        application: own?.status ?? 'removed',
        block: software.find((one) => one.clientId === clientId)?.block ?? null,
        partners: partners.value.data,
        banks: participant.coveredBankCodes.map((bankCode) => ({
          bankCode,
          states: this.links.statesOf(bankCode, epspId),
        })),
      }),
    );
  }

  async ownApplications(caller: Caller): Answer<RegisteredApplication[]> {
    const copy = this.catalogue.current();
    return copy ? accepted(await this.applications(caller.epspId, copy)) : silent();
  }

  async registerOfParticipants(): Answer<RegisteredParticipant[]> {
    const copy = this.catalogue.current();
    return copy ? accepted(participantsOf(copy.view)) : silent();
  }

  async registerOfApplications(): Answer<RegisteredApplication[]> {
    const copy = this.catalogue.current();
    return copy ? accepted(applicationsOf(await this.software.all(), copy.view)) : silent();
  }

  async registerOfPartners(): Answer<RegisteredPartner[]> {
    const copy = this.catalogue.current();
    const today = CivilDate.inTokyo(this.clock.read()).toString();
    return copy ? accepted(partnersOf(copy.view, today)) : silent();
  }

  private async applications(
    epspId: string,
    copy: CatalogueCopy,
  ): Promise<RegisteredApplication[]> {
    const all = applicationsOf(await this.software.all(), copy.view);
    return all.filter((one) => one.epspId === epspId);
  }
}

/** While bank-core has not answered once, nothing is known: better said than guessed. */
const silent = (): { readonly ok: false; readonly refusal: CoreRefusal } => ({
  ok: false,
  refusal: { code: 'core_unavailable' },
});
