import { Inject, Injectable } from '@nestjs/common';
import type { HolderKind } from '#libs/contracts';
import { accepted, canonicalJson, refused, type Yen } from '#libs/kernel';
import {
  openClaim,
  outcomeWords,
  questionOfCase,
  type CaseDecision,
  type CompensationClaim,
  type RecourseClaim,
} from '#libs/liability';
import { AccountsService } from '../accounts/index.js';
import { AgreementsService } from '../agreements/index.js';
import { DocumentsService } from '../documents/index.js';
import { HoldersService } from '../holders/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { CaseBook, type OpenedCase, type Told } from './case-book.service.js';
import { CaseTerms } from './case-terms.service.js';
import { recourseStatement } from './domain/case-documents.js';
import { checkAgainstLedger } from './domain/check-against-ledger.js';
import { decide, type DecisionInputs } from './domain/decision-inputs.js';
import { claimFrom } from './domain/stored-values.js';
import type { CaseName } from './storage/case.store.pg.js';
import {
  claimTransfers,
  insertFacts,
  insertRecourse,
  latestFacts,
  outstandingYen,
} from './storage/claim.store.pg.js';

export interface MadeDecision {
  readonly decisionId: string;
  readonly decided: CaseDecision;
}

/** A claim for compensation from its facts to its assessment, and recourse from its decision to its claim. */
@Injectable()
export class ClaimsService {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
    @Inject(HoldersService) private readonly holders: HoldersService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
  ) {}

  /**
   * Records what has been established, as a new version that names the version it was read from. The library reads
   * the facts at once, so that what cannot be is refused now; what is not established yet is no refusal (SM-14.1*).
   * Transfers are held against the ledger: `transfer_unknown`, or `facts_contradict` with the field.
   */
  establish(
    name: CaseName,
    seenVersion: number,
    claim: CompensationClaim,
    by: string,
  ): Promise<Told<{ version: number; decided: CaseDecision }>> {
    return this.book.onCase(name, (opened) => this.enter(opened, seenVersion, claim, by));
  }

  /** As `establish`, on a case that the caller's transaction has opened. */
  async enter(
    { tx, name, facts, at }: OpenedCase,
    seenVersion: number,
    claim: CompensationClaim,
    by: string,
  ): Promise<Told<{ version: number; decided: CaseDecision }>> {
    const known = await latestFacts(tx, name);
    if ((known?.version ?? 0) !== seenVersion)
      return refused('version_taken', { clause: 'SM-14.1*', facts: { field: 'seenVersion' } });
    const inputs = await this.asked(name, claim, 'compensation', { at, tx });
    const decided = decide(inputs);
    if (!decided.ok) return decided as Told<never>;
    const ids = claim.transfers.map(({ id }) => id);
    const { holderId = '' } = facts;
    const debited = await this.accounts.debited(tx, name.institutionId, holderId, ids);
    const checked = checkAgainstLedger(claim, debited);
    if (!checked.ok) return checked;
    const elsewhere = await claimTransfers(tx, name, ids);
    if (elsewhere !== undefined)
      return refused('transfer_in_other_case', { facts: { transfer: elsewhere } });
    const version = seenVersion + 1;
    await insertFacts(tx, name, { version, facts: canonicalJson(claim), at, by });
    return accepted({ version, decided: decided.value });
  }

  /** The assessment sheet of the labour banks' policy, kept as a decision. It proposes; people decide (RKN-L1d). */
  assess(name: CaseName, by: string): Promise<Told<MadeDecision>> {
    return this.book.onCase(name, async (opened) => {
      const facts = await latestFacts(opened.tx, name);
      if (!facts) return refused('case_unknown');
      const kind = await this.holderKind(opened);
      const terms = await this.terms.at(name.institutionId, opened.at, opened.tx);
      const asked = claimFrom(facts.facts);
      return this.keep(opened, { ...terms, about: 'fraud_policy', asked, holderKind: kind }, by);
    });
  }

  /** Decides recourse on the case as it stands and keeps the decision; earlier ones stay (RKN-L3/b). */
  decideRecourse(name: CaseName, by: string): Promise<Told<MadeDecision>> {
    return this.book.onCase(name, async (opened) => this.keepRecourse(opened, by));
  }

  /**
   * Opens a claim on the strength of a decision made now, with its statement. What earlier claims have not brought in
   * yet is not there to be claimed again. Refuses as `openClaim` does. Source: RKN-L2, RKN-L4.
   */
  claimRecourse(
    name: CaseName,
    claim: RecourseClaim,
    by: string,
  ): Promise<Told<MadeDecision & { number: number; documentId: string }>> {
    return this.book.onCase(name, (opened) => this.claimRecourseOn(opened, claim, by));
  }

  async claimRecourseOn(
    opened: OpenedCase,
    claim: RecourseClaim,
    by: string,
  ): Promise<Told<MadeDecision & { number: number; documentId: string }>> {
    const { name } = opened;
    for (const { institution } of claim.against)
      if (!(await this.institutions.byBankCode(institution)))
        return refused('institution_missing', {
          clause: 'RKN-L2a',
          facts: { field: 'against', institution },
        });
    const made = await this.keepRecourse(opened, by);
    if (!made.ok) return made;
    const { decided, decisionId, state } = made.value;
    if (decided.about !== 'recourse') return refused('claim_not_open');
    const { outcome } = decided.decision;
    const outstanding = await outstandingYen(opened.tx, name, claim.by);
    const left = outcome.claimableYen - outstanding;
    const claimableYen = left > 0n ? left : 0n;
    const allowed = openClaim({ ...outcome, claimableYen }, claim);
    if (!allowed.ok) return allowed as Told<never>;
    const shares = sharesOf(claim);
    const institution = await this.institutions.byId(name.institutionId);
    const { epspId } = opened.facts;
    const epsp = epspId === undefined ? undefined : await this.agreements.intermediary(epspId);
    const document = recourseStatement({
      intermediary: epsp && { ja: epsp.nameJa, en: epsp.nameEn },
      caseId: name.caseId,
      institution,
      state,
      decided: decided.decision,
      outcome: outcomeWords(decided),
      claim,
      shares,
      at: opened.at,
    });
    const { seal } = await this.documents.issue(opened.tx, document, opened.at);
    const kept = { claimant: claim.by, amountYen: claim.amountYen, shares, decisionId };
    const stored = { ...kept, documentId: seal.id, at: opened.at, by };
    const number = await insertRecourse(opened.tx, name, stored);
    return accepted({ decisionId, decided, number, documentId: seal.id });
  }

  /** What decisions about this claim are made from, as it stands and by the values in force. */
  async asked(
    { institutionId }: CaseName,
    asked: CompensationClaim,
    about: 'compensation',
    { at, tx }: Pick<OpenedCase, 'at' | 'tx'>,
  ): Promise<DecisionInputs> {
    const terms = await this.terms.at(institutionId, at, tx);
    return { ...terms, about, asked };
  }

  private async keepRecourse(opened: OpenedCase, by: string) {
    const terms = await this.terms.at(opened.name.institutionId, opened.at, opened.tx);
    const asked = questionOfCase(opened.state);
    return this.keep(opened, { ...terms, about: 'recourse', asked }, by);
  }

  private async keep(
    opened: OpenedCase,
    inputs: DecisionInputs,
    by: string,
  ): Promise<Told<MadeDecision & OpenedCase>> {
    const decided = decide(inputs);
    if (!decided.ok) return decided as Told<never>;
    const told = await this.book.tellDecision(opened, inputs, decided.value, by);
    return told.ok ? accepted({ ...told.value, decided: decided.value }) : told;
  }

  private async holderKind({ tx, name, facts }: OpenedCase): Promise<HolderKind | 'unknown'> {
    if (facts.holderId === undefined) return 'unknown';
    const holder = await this.holders.byId(tx, name.institutionId, facts.holderId);
    return holder?.kind ?? 'unknown';
  }
}

/** Whom a claim names: institutions with their shares, or the intermediary where an institution claims. */
function sharesOf(claim: RecourseClaim): { against: string; amountYen: Yen }[] {
  if (claim.by === 'FI') return [{ against: 'EPSP', amountYen: claim.amountYen }];
  return claim.against.map(({ institution, shareYen }) => ({
    against: institution,
    amountYen: shareYen ?? claim.amountYen,
  }));
}
