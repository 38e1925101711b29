import { Inject, Injectable } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import { ApplicationsService } from './applications.service.js';
import { Connections } from './connections.js';
import { assentsMissing } from './domain/agreement-file.js';
import { lateSteps } from './domain/application.js';
import { openItems, rhythmIsPast } from './domain/open-item.js';
import { FederationDesk } from './federation-desk.js';
import { PartnerActsService } from './partner-acts.service.js';
import { RegisterService } from './register.service.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import { actsOfAll } from './storage/partner-act.store.pg.js';
import { agreementFiles } from './storage/version.store.pg.js';

/** Something that people should look at. It stops nothing and moves nothing. */
export interface Due {
  readonly kind: string;
  readonly clause: string | undefined;
  readonly epspId: string;
  /** A partner, a version, an application: what it is about. */
  readonly about: string;
  /** The request or guidance that grounds can point at (RKN-C2a). */
  readonly evidence: string | undefined;
  readonly ground: string | undefined;
  readonly institutionId: number | undefined;
  readonly since: string | undefined;
}

const ASSENT_DAYS_AHEAD = 30;
const PARTNERS_MAX = 1_000;
const APPLICATIONS_MAX = 200;
const nothing = {
  clause: undefined,
  evidence: undefined,
  ground: undefined,
  institutionId: undefined,
  since: undefined,
} as const;

/** What has come due about agreements, partners and applications: shown in a list, and never acted upon. */
@Injectable()
export class AgreementWatchService {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(PartnerActsService) private readonly acts: PartnerActsService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(RegisterService) private readonly register: RegisterService,
  ) {}

  async due(among: 'all' | readonly number[]): Promise<Due[]> {
    const today = CivilDate.inTokyo(await this.federation.clock.now());
    return [
      ...(await this.partnersDue(among, today)),
      ...(await this.assentsDue(among, today)),
      ...(await this.applicationsDue(today)),
      ...(await this.registrationsGone()),
    ];
  }

  /** One look per institution, however many partners there are. */
  private async partnersDue(among: 'all' | readonly number[], today: CivilDate): Promise<Due[]> {
    const { federation, connections } = this;
    const partners = await this.acts.list({ status: 'contracted', limit: PARTNERS_MAX });
    const byPartner = await federation.database.transaction((tx) =>
      actsOfAll(
        tx,
        partners.map(({ id }) => id),
      ),
    );
    const covered = await this.store.coverages(today);
    const found: Due[] = [];
    for (const { id: institutionId } of await federation.institutions.all()) {
      if (among !== 'all' && !among.includes(institutionId)) continue;
      const kept = await federation.database.inInstitution(institutionId, (tx) =>
        connections.port.book.all(tx),
      );
      for (const { epspId, partnerId, state } of kept)
        for (const item of openItems(state, byPartner.get(partnerId) ?? []))
          found.push({
            ...{ kind: item.kind, clause: item.clause, epspId, about: partnerId, institutionId },
            evidence: item.about,
            ground: item.ground,
            since: item.since === undefined ? undefined : CivilDate.inTokyo(item.since).toString(),
          });
      const months = await this.rhythmOf(institutionId, today);
      const here = covered.filter((one) => one.institutionId === institutionId);
      const epsps = new Set(here.map(({ intermediaryId }) => intermediaryId));
      for (const { id, intermediaryId, contractFrom } of partners) {
        const reported = byPartner.get(id)?.findLast(({ kind }) => kind === 'partner_reported');
        const last = reported && CivilDate.inTokyo(reported.at);
        if (epsps.has(intermediaryId) && rhythmIsPast(contractFrom, last, months, today))
          found.push({
            ...{ ...nothing, kind: 'report_rhythm_passed', clause: 'RKN-C1b' },
            ...{ epspId: intermediaryId, about: id, institutionId, since: last?.toString() },
          });
      }
    }
    return found;
  }

  /** P.rkn.c1.reportInterval in months; undefined where none is set or wanted. */
  private async rhythmOf(institutionId: number, on: CivilDate): Promise<number | undefined> {
    const { id, constraint } = rknParameters.c1ReportInterval;
    const value = await this.federation.institutions.parameter(institutionId, id, on);
    const months = value.ok ? constraint.read(value.value) : undefined;
    return months === 'none' ? undefined : months;
  }

  private async assentsDue(among: 'all' | readonly number[], today: CivilDate): Promise<Due[]> {
    const files = await this.federation.database.transaction((tx) => agreementFiles(tx));
    const soon = today.plusDays(ASSENT_DAYS_AHEAD);
    return files
      .filter((file) => !file.effectiveFrom.isAfter(soon) && !file.effectiveTo?.isBefore(today))
      .flatMap((file) =>
        assentsMissing(
          file,
          files.find(({ id }) => id === file.supersedes),
        )
          .filter((id) => among === 'all' || among.includes(id))
          .map((institutionId) => ({
            ...{ ...nothing, kind: 'assent_missing', clause: 'RKN-0.2', institutionId },
            ...{ epspId: file.intermediaryId, about: file.id },
            since: file.effectiveFrom.toString(),
          })),
      );
  }

  private async applicationsDue(today: CivilDate): Promise<Due[]> {
    const views = await this.applications.list({ limit: APPLICATIONS_MAX });
    return views.flatMap(({ id, epspId, standing }) =>
      lateSteps(standing, today).map(({ step, targetOn }) => ({
        ...{ ...nothing, kind: `step_late_${step}`, epspId, about: id },
        since: targetOn?.toString(),
      })),
    );
  }

  private async registrationsGone(): Promise<Due[]> {
    const entries = await this.register.all();
    return entries.flatMap(({ id, status, revokedSince }) =>
      revokedSince && status !== 'terminated'
        ? [
            {
              ...{ ...nothing, kind: 'registration_revoked', clause: 'RKN-0.2' },
              ...{ epspId: id, about: id, since: revokedSince.toString() },
            },
          ]
        : [],
    );
  }
}
