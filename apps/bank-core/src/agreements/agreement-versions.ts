import { Inject, Injectable } from '@nestjs/common';
import { accepted, CivilDate, newId, refused, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import { DocumentsService } from '../documents/index.js';
import {
  ProposalDesk,
  refusedOutcome,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type RefusedOutcome,
  type StaffMember,
} from '../staff/index.js';
import { decideVersion, type AgreementFile, type VersionRefusal } from './domain/agreement-file.js';
import { composePublication } from './domain/compose-publication.js';
import type { NoticeSection } from './domain/published-notice.js';
import { versionSentences } from './domain/version.refusals.js';
import { FederationDesk } from './federation-desk.js';
import { versionStatuses } from './http/version.problems.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import { agreementFiles, insertVersion, lockAgreements } from './storage/version.store.pg.js';

/** The canonical text of a version: what the second person reads is what is published. */
export interface VersionContent {
  readonly epspId: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  /** Null: the federation's. */
  readonly partyId: number | null;
  readonly supersedes: string | null;
  readonly sections: readonly NoticeSection[];
}

type Outcome = { readonly agreementId: string; readonly version: number } | RefusedOutcome;

/** A version is prepared by one and approved by another; it binds an institution when that one assents (RKN-0.2). */
@Injectable()
export class AgreementVersions implements ProposalKind<VersionContent> {
  readonly kind = 'agreement_version';
  readonly proposerRole = 'federation_officer';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-0.1';

  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  async propose(
    by: StaffMember,
    content: VersionContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const place = content.partyId ?? (await this.federation.federationId());
    return this.desk.propose(by, this.kind, content, [place]);
  }

  async check(content: VersionContent): Promise<Result<void, Refusal<VersionRefusal>>> {
    const today = CivilDate.inTokyo(await this.federation.clock.now());
    return this.federation.database.transaction((tx) => decide(tx, content, today));
  }

  async carryOut(tx: Transaction, step: ProposalStep<VersionContent>): Promise<Outcome> {
    const { content, proposal, institutionId, at } = step;
    await lockAgreements(tx, content.epspId);
    const decided = await decide(tx, content, CivilDate.inTokyo(at));
    if (!decided.ok) return refusedOutcome(decided.refusal);
    const file = {
      id: newId('agr', at),
      intermediaryId: content.epspId,
      effectiveFrom: CivilDate.from(content.effectiveFrom),
      effectiveTo: dateOrNone(content.effectiveTo),
      partyId: content.partyId ?? undefined,
      supersedes: content.supersedes ?? undefined,
      published: content.sections,
      documentId: undefined,
    };
    const documentId = await this.publish(tx, file, institutionId, at);
    const version = await insertVersion(tx, { ...file, documentId }, proposal.id);
    const party = { epspId: content.epspId };
    const place = institutionId ?? (await this.federation.federationId());
    const note = this.federation.noteIn(tx, place, party, at);
    await note('agreement_version_made', {
      ...{ agreementId: file.id, version, documentId, proposalId: proposal.id, clause: 'RKN-0.1' },
    });
    return { agreementId: file.id, version };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<VersionRefusal>, versionStatuses, versionSentences);
  }

  private async publish(
    tx: Transaction,
    file: Omit<AgreementFile, 'coverage' | 'version'>,
    institutionId: number | undefined,
    at: number,
  ): Promise<string> {
    const place = institutionId ?? (await this.federation.federationId());
    const { nameJa, nameEn } = await this.federation.institutions.byId(place);
    const intermediary = await this.store.intermediary(file.intermediaryId);
    if (!intermediary) throw new Error('A version has its intermediary.');
    const issuer = { ja: nameJa, en: nameEn };
    const document = composePublication(file, { issuer, intermediary }, at);
    return (await this.documents.issue(tx, document, at)).seal.id;
  }
}

/** Against the newest version of the same party, as it stands in this transaction. */
async function decide(
  tx: Transaction,
  content: VersionContent,
  today: CivilDate,
): Promise<Result<void, Refusal<VersionRefusal>>> {
  const from = CivilDate.parse(content.effectiveFrom);
  if (!from.ok) return refused('date_in_the_past', { clause: 'RKN-0.1' });
  const files = await agreementFiles(tx, content.epspId);
  const series = files.filter(({ partyId }) => (partyId ?? null) === content.partyId);
  const asked = {
    effectiveFrom: from.value,
    effectiveTo: dateOrNone(content.effectiveTo),
    supersedes: content.supersedes ?? undefined,
    sections: content.sections,
  };
  const decided = decideVersion(asked, series, today);
  return decided.ok ? accepted(undefined) : decided;
}

const dateOrNone = (text: string | null): CivilDate | undefined =>
  text === null ? undefined : CivilDate.from(text);
