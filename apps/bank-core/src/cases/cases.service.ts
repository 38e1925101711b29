import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, hashOf, newId, refused, type Instant } from '#libs/kernel';
import {
  openCase,
  questionOfCase,
  type CaseEvent,
  type LossCase,
  type RecourseAgreement,
  type Side,
} from '#libs/liability';
import { Database, type Transaction } from '#libs/platform';
import { AccountsService } from '../accounts/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { applied, CaseBook, type OpenedCase, type Told } from './case-book.service.js';
import { CaseTerms } from './case-terms.service.js';
import type { LossReport, NoteKind } from './domain/case-report.js';
import { agreementHash } from './domain/agreement-text.js';
import { decide } from './domain/decision-inputs.js';
import {
  caseOfReference,
  closeCase,
  insertCase,
  insertNote,
  type CaseName,
} from './storage/case.store.pg.js';
import type { CaseLine, CaseQuery, StoredPage } from './domain/case-page.js';
import { casesNaming, countFrauds, listCases, readPage } from './storage/case-list.store.pg.js';
import { openShare, settleShare } from './storage/claim.store.pg.js';

/** Loss cases from the report to the settlement; findings that need two people come through the desk. */
@Injectable()
export class CasesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  /**
   * Opens a case from a report; told again under the same reference it is the same case, with other content
   * `event_repeated`. Refusals are those of `openCase`; wrongful transfers that left no account of the holder named are
   * `transfer_unknown`. Source: RKN-L1a, RKN-L1d.
   */
  async report(institutionId: number, report: LossReport, by: string): Promise<Told<CaseName>> {
    const dueAt = await this.causeDueAt(institutionId, report);
    return this.book.inside(institutionId, (tx, at) =>
      this.open(tx, institutionId, { report, dueAt, at, by }),
    );
  }

  /** When the cause of what is reported should be known; undefined while the institution has not set it. */
  async causeDueAt(institutionId: number, { knownAt }: LossReport): Promise<Instant | undefined> {
    // What is not known yet is refused later; no calendar is asked about it.
    const isKnown = knownAt <= (await this.book.now());
    return isKnown ? this.terms.causeDueAt(institutionId, knownAt) : undefined;
  }

  /** As `report`, inside the caller's transaction. */
  async open(
    tx: Transaction,
    institutionId: number,
    { report, dueAt, at, by }: NewReport,
  ): Promise<Told<CaseName>> {
    const { bankCode } = await this.institutions.byId(institutionId);
    const unknown = await this.neverDebited(tx, institutionId, report);
    if (unknown !== undefined)
      return refused('transfer_unknown', { clause: 'RKN-L1d', facts: { transfer: unknown } });
    const { category, lossYen, occurredAt, knownAt } = report;
    const told = { institution: bankCode, category, lossYen, occurredAt, knownAt };
    const opened = openCase({ type: 'loss_reported', ...told }, at);
    if (!opened.ok) return opened as Told<CaseName>;
    const name = { institutionId, caseId: newId('case', at) };
    const reportHash = hashOf(report);
    const { causeStatus } = opened.value;
    const fresh = { ...name, report, reportHash, causeStatus, causeDueAt: dueAt, at, by };
    if (!(await insertCase(tx, fresh))) {
      const known = await caseOfReference(tx, institutionId, report);
      assert(known, 'A reference that is taken has its case.');
      if (known.reportHash === reportHash) return accepted({ ...name, caseId: known.caseId });
      return refused('event_repeated', { clause: 'RKN-L1a', facts: { field: 'reference' } });
    }
    const { holderId, epspId, chainPartnerId = 'none' } = report;
    const facts = { holderId, epspId, chainPartnerId };
    await this.book.store({ tx, name, facts, state: opened.value, at }, opened.value, by);
    return accepted(name);
  }

  /** Of a fraud case: the first request named as a transfer of ours that left no account of the holder. */
  private async neverDebited(
    tx: Transaction,
    institutionId: number,
    { category, holderId, requestIds }: LossReport,
  ): Promise<string | undefined> {
    const ids = requestIds.filter((id) => TRANSFER_ID.test(id));
    if (category !== 'fraud' || holderId === undefined || ids.length === 0) return undefined;
    const debited = await this.accounts.debited(tx, institutionId, holderId, ids);
    return ids.find((id) => !debited.some(({ key }) => key === id));
  }

  /** Cases at the institution that the transaction has entered which name one of these words, open or closed. */
  naming(tx: Transaction, epspId: string, words: readonly string[]) {
    return casesNaming(tx, epspId, words);
  }

  /** One event that an officer enters alone. What needs two people is not taken here. */
  tell(name: CaseName, event: CaseEvent, by: string): Promise<Told<LossCase>> {
    return this.book.onCase(name, (opened) => this.tellOn(opened, event, by));
  }

  async tellOn(opened: OpenedCase, event: CaseEvent, by: string): Promise<Told<LossCase>> {
    if (event.type === 'paid' && event.payment.paidAt > opened.at)
      return refused('event_ahead_of_clock', {
        clause: 'RKN-L1b',
        facts: { field: 'payment.paidAt' },
      });
    return stateOf(await this.book.tell(opened, event, by));
  }

  /** Money from the wrongdoer, divided by the reading in force. Source: SM-14.7, INT-08. */
  async recovered(
    name: CaseName,
    recovery: { id: string; forSide?: Side; amountYen: bigint },
    by: string,
  ): Promise<Told<LossCase>> {
    const order = await this.terms.recoveryOrder(name.institutionId, await this.book.now());
    return this.tell(name, { type: 'recovered', recovery, order }, by);
  }

  /** One side accepts exactly the text that it saw. Refuses with `text_changed`, then as the library does. */
  accept(name: CaseName, acceptance: Acceptance, by: string): Promise<Told<LossCase>> {
    return this.book.onCase(name, (opened) => this.acceptOn(opened, acceptance, by));
  }

  async acceptOn(
    opened: OpenedCase,
    { version, side, person, textHash }: Acceptance,
    by: string,
  ): Promise<Told<LossCase>> {
    const text = opened.state.agreements.find((one) => one.version === version);
    if (text && agreementHash(opened.name.caseId, text) !== textHash)
      return refused('text_changed');
    return this.consult(opened, { type: 'agreement_accepted', version, side, person }, by);
  }

  /** Puts an amount forward, a new version each time; what the sides may not agree on is refused. */
  propose(name: CaseName, agreement: RecourseAgreement, by: string): Promise<Told<LossCase>> {
    return this.book.onCase(name, (opened) =>
      this.consult(opened, { type: 'agreement_proposed', agreement }, by),
    );
  }

  /** A step of the consultation stands only if recourse can be decided on it (RKN-L2b/d, RKN-L2b/e). */
  async consult(opened: OpenedCase, event: CaseEvent, by: string): Promise<Told<LossCase>> {
    const after = applied(opened.state, event, opened.at);
    if (!after.ok) return after;
    const terms = await this.terms.at(opened.name.institutionId, opened.at, opened.tx);
    const asked = questionOfCase(after.value);
    const decided = decide({ ...terms, about: 'recourse', asked });
    if (!decided.ok) return decided as Told<LossCase>;
    return stateOf(await this.book.tell(opened, event, by));
  }

  /** What a claim brought in, per party that it names; never beyond that party's share. Source: RKN-L2a/d, RKN-L*. */
  settle(name: CaseName, settlement: Settlement, by: string): Promise<Told<LossCase>> {
    return this.book.onCase(name, async (opened) => {
      const { number, against, id, amountYen } = settlement;
      const share = await openShare(opened.tx, name, number, against);
      if (!share) return refused('case_unknown');
      const event = { type: 'recourse_received', id, by: share.claimant, amountYen } as const;
      const told = await this.book.tell(opened, event, by);
      if (!told.ok) return told;
      if (amountYen > share.openYen)
        return refused('claim_exceeds_room', {
          clause: 'RKN-L*',
          facts: { field: 'amountYen', openYen: share.openYen.toString() },
        });
      await settleShare(opened.tx, name, settlement);
      return accepted(told.value.state);
    });
  }

  /** Minutes, evidence and other things that were written down; `closure` ends the work on the case, not the case. */
  note(name: CaseName, kind: NoteKind, content: object, by: string): Promise<Told<LossCase>> {
    return this.book.onCase(name, (opened) => this.noteOn(opened, kind, content, by));
  }

  async noteOn(
    { tx, name, state, at }: OpenedCase,
    kind: NoteKind,
    content: object,
    by: string,
  ): Promise<Told<LossCase>> {
    await insertNote(tx, name, { kind, content, at, by });
    if (kind === 'closure') await closeCase(tx, name, at);
    return accepted(state);
  }

  /** How many cases of fraud were reported since then, by the intermediary that they name: for the watch. */
  countFrauds(
    tx: Transaction,
    institutionId: number,
    since: Instant,
  ): Promise<ReadonlyMap<string, number>> {
    return countFrauds(tx, institutionId, since);
  }

  list(institutionId: number, page: CaseQuery): Promise<CaseLine[]> {
    return this.database.inInstitution(institutionId, (tx) => listCases(tx, institutionId, page));
  }

  /** Everything about one case, in one round trip to the database. */
  page(institutionId: number, caseId: string): Promise<StoredPage | undefined> {
    return readPage(this.database, institutionId, caseId);
  }

  now(): Promise<Instant> {
    return this.book.now();
  }
}

const TRANSFER_ID = /^trf_[0-9a-hjkmnp-tv-z]{26}$/;

export interface NewReport {
  readonly report: LossReport;
  readonly dueAt: Instant | undefined;
  readonly at: Instant;
  readonly by: string;
}

export interface Acceptance {
  readonly version: number;
  readonly side: Side;
  readonly person: string;
  readonly textHash: string;
}

export interface Settlement {
  readonly number: number;
  /** A bank code, or `EPSP` where an institution claims. */
  readonly against: string;
  readonly id: string;
  readonly amountYen: bigint;
}

const stateOf = (told: Told<OpenedCase>): Told<LossCase> =>
  told.ok ? accepted(told.value.state) : told;
