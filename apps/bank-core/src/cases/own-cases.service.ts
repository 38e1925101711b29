import { Inject, Injectable } from '@nestjs/common';
import { accepted, assert, CivilDate, refused, type Refusal, type Result } from '#libs/kernel';
import type { CaseEvent, LossCase, RecourseAgreement, RecourseClaim } from '#libs/liability';
import { Database, type IdempotencyRefusal } from '#libs/platform';
import { AgreementsService } from '../agreements/index.js';
import type { DocumentForm, DrawnDocument } from '../documents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import { CaseBook, type OpenedCase, type Told } from './case-book.service.js';
import { CaseDocuments } from './case-documents.service.js';
import { CasesService, type Acceptance } from './cases.service.js';
import { ClaimsService } from './claims.service.js';
import type { CaseLine, StoredPage } from './domain/case-page.js';
import type { LossReport } from './domain/case-report.js';
import type { CaseRefusal } from './domain/case.refusals.js';
import { listOwnCases, placeOfOwnCase } from './storage/case-list.store.pg.js';

/** An intermediary that acts on its own cases, once per key. */
export interface OwnAct {
  readonly epspId: string;
  readonly clientId: string;
  readonly key: string;
}

/** What an intermediary wrote down: `sequence` counts the events of the case. */
export interface Entered {
  readonly caseId: string;
  readonly sequence: number;
}

export interface OwnStatement {
  readonly text: string;
  readonly evidence: readonly string[];
}

type Done<Body> = Promise<Result<KeptAnswer<Body>, Refusal<CaseRefusal | IdempotencyRefusal>>>;
type OwnReport = Omit<LossReport, 'origin' | 'holderId' | 'epspId'>;

/**
 * The intermediary's side of its cases (RKN-L1 to L3): what it reports, finds, pays, accepts and claims. A case of
 * another intermediary is as unknown as none (T-20); who the holder is and what the bank owes the holder is not here.
 */
@Injectable()
export class OwnCasesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CasesService) private readonly cases: CasesService,
    @Inject(ClaimsService) private readonly claims: ClaimsService,
    @Inject(CaseDocuments) private readonly documents: CaseDocuments,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
  ) {}

  /** Its cases at every institution, the newest first. */
  async list(
    epspId: string,
    page: { before?: string | undefined; limit: number },
  ): Promise<{ bankCode: string; line: CaseLine }[]> {
    const found = await listOwnCases(this.database, epspId, page);
    const codes = new Map(
      (await this.institutions.all()).map(({ id, bankCode }) => [id, bankCode]),
    );
    return found.map(({ institutionId, line }) => {
      const bankCode = codes.get(institutionId);
      assert(bankCode !== undefined, `Institution ${institutionId} has its code.`);
      return { bankCode, line };
    });
  }

  async page(
    epspId: string,
    caseId: string,
  ): Promise<{ bankCode: string; page: StoredPage; now: number } | undefined> {
    const name = await placeOfOwnCase(this.database, epspId, caseId);
    const page = name && (await this.cases.page(name.institutionId, caseId));
    if (!page) return undefined;
    const { bankCode } = await this.institutions.byId(name.institutionId);
    return { bankCode, page, now: await this.cases.now() };
  }

  /** The statement of recourse of a case, whichever side claimed; no other document of it. */
  async statement(
    epspId: string,
    caseId: string,
    documentId: string,
    form: DocumentForm,
  ): Promise<DrawnDocument | undefined> {
    const found = await this.page(epspId, caseId);
    if (!found?.page.recourse?.some((one) => one.documentId === documentId)) return undefined;
    const name = await placeOfOwnCase(this.database, epspId, caseId);
    return name && this.documents.drawn(name.institutionId, caseId, documentId, form);
  }

  /**
   * Opens a case of a loss that the intermediary has learnt of. Refuses with `institution_not_covered` where the
   * agreement covered the institution neither when it happened nor now. Source: RKN-L1a, RKN-0.2.
   */
  async report(act: OwnAct, institutionId: number, told: OwnReport): Done<{ caseId: string }> {
    const by = authorOf(act);
    const report: LossReport = { ...told, origin: 'intermediary', epspId: act.epspId };
    const dueAt = await this.cases.causeDueAt(institutionId, report);
    const call = { ...act, institutionId, route: 'cases', content: report };
    return this.book.inside(institutionId, (tx, at) =>
      actOnce(tx, call, async () => {
        const days = [told.occurredAt, at].map((day) => CivilDate.inTokyo(day));
        if (!(await this.isCovered(act.epspId, institutionId, days)))
          return refused('institution_not_covered', { clause: 'RKN-0.2' });
        const opened = await this.cases.open(tx, institutionId, { report, dueAt, at, by });
        return opened.ok ? accepted({ caseId: opened.value.caseId }) : opened;
      }),
    );
  }

  /** What the intermediary found of the cause, with what shows it (RKN-L1a/c), or that it cannot be found. */
  findCause(
    act: OwnAct,
    caseId: string,
    { status, ...said }: OwnStatement & { readonly status: 'found' | 'unknown' },
  ): Done<Entered> {
    const event: CaseEvent =
      status === 'found'
        ? { type: 'cause_found', evidence: said.evidence }
        : { type: 'cause_unknown', grounds: said.text };
    return this.once(act, caseId, 'causes', { status, ...said }, async (opened, by) => {
      const told = await this.cases.tellOn(opened, event, by);
      if (!told.ok) return told;
      const noted = await this.cases.noteOn(opened, 'evidence', { about: 'cause', ...said }, by);
      return noted.ok ? told : noted;
    });
  }

  /**
   * Says that its service agreement owes the user nothing here, and why. Refuses with `agreement_clause_required`, and
   * for fraud with `fraud_assessment_required`: there the exemption alone is not enough. Source: RKN-L1c, RKN-L1d.
   */
  exempt(
    act: OwnAct,
    caseId: string,
    { agreementClause, ...said }: OwnStatement & { readonly agreementClause: string },
  ): Done<Entered> {
    const event: CaseEvent = { type: 'exemption_found', agreementClause };
    const content = { agreementClause, ...said };
    return this.once(act, caseId, 'exemptions', content, async (opened, by) => {
      const told = await this.cases.tellOn(opened, event, by);
      if (!told.ok) return told;
      const noted = await this.cases.noteOn(opened, 'evidence', { about: 'case', ...said }, by);
      return noted.ok ? told : noted;
    });
  }

  /** Evidence for the file; `showing` besides counts as the showing at first sight of a claim (INT-15). */
  addEvidence(
    act: OwnAct,
    caseId: string,
    { showing, ...said }: OwnStatement & { readonly showing: boolean },
  ): Done<Entered> {
    return this.once(act, caseId, 'evidence', { showing, ...said }, async (opened, by) => {
      const noted = await this.cases.noteOn(opened, 'evidence', { about: 'case', ...said }, by);
      if (!noted.ok || !showing) return noted;
      const event = { type: 'showing_attached', evidence: said.evidence } as const;
      return this.cases.tellOn(opened, event, by);
    });
  }

  /** What it paid the user, and under which clause of its service agreement (RKN-L1b). */
  pay(
    act: OwnAct,
    caseId: string,
    paid: { id: string; amountYen: bigint; paidAt: number; agreementClause: string },
  ): Done<Entered> {
    const { agreementClause, ...payment } = paid;
    const event: CaseEvent = { type: 'paid', payment: { ...payment, by: 'EPSP' }, agreementClause };
    return this.once(act, caseId, 'payments', paid, (opened, by) =>
      this.cases.tellOn(opened, event, by),
    );
  }

  /** Puts an amount forward, a new version each time (RKN-L2b). */
  propose(act: OwnAct, caseId: string, agreement: RecourseAgreement): Done<Entered> {
    return this.once(act, caseId, 'agreements', agreement, (opened, by) =>
      this.cases.consult(opened, { type: 'agreement_proposed', agreement }, by),
    );
  }

  /** Accepts exactly the text whose hash it names, for the intermediary (RKN-L2b). */
  accept(act: OwnAct, caseId: string, accepting: Omit<Acceptance, 'side'>): Done<Entered> {
    return this.once(act, caseId, 'acceptances', accepting, (opened, by) =>
      this.cases.acceptOn(opened, { ...accepting, side: 'EPSP' }, by),
    );
  }

  /** Claims back from institutions what it paid (RKN-L2, L3); the statement is written with it. */
  claim(
    act: OwnAct,
    caseId: string,
    asked: Omit<RecourseClaim, 'by'>,
  ): Done<{ caseId: string; number: number; documentId: string }> {
    return this.onOwn(act, caseId, 'recourse', asked, async (opened, by) => {
      const made = await this.claims.claimRecourseOn(opened, { ...asked, by: 'EPSP' }, by);
      if (!made.ok) return made;
      const { number, documentId } = made.value;
      return accepted({ caseId, number, documentId });
    });
  }

  private once(
    act: OwnAct,
    caseId: string,
    route: string,
    content: object,
    work: (opened: OpenedCase, by: string) => Promise<Told<LossCase>>,
  ): Done<Entered> {
    return this.onOwn(act, caseId, route, content, async (opened, by) => {
      const told = await work(opened, by);
      return told.ok ? accepted({ caseId, sequence: told.value.events.length }) : told;
    });
  }

  /** Access first, then the key, then the act: a replay discloses nothing of another's case (T-21). */
  private async onOwn<Body extends object>(
    act: OwnAct,
    caseId: string,
    route: string,
    content: object,
    work: (opened: OpenedCase, by: string) => Promise<Told<Body>>,
  ): Done<Body> {
    const name = await placeOfOwnCase(this.database, act.epspId, caseId);
    if (!name) return refused('case_unknown');
    const { institutionId } = name;
    const call = { ...act, institutionId, route: `cases/${caseId}/${route}`, content };
    return this.book.onCase<KeptAnswer<Body>, CaseRefusal | IdempotencyRefusal>(name, (opened) =>
      actOnce(opened.tx, call, () => work(opened, authorOf(act))),
    );
  }

  private async isCovered(
    epspId: string,
    institutionId: number,
    days: readonly CivilDate[],
  ): Promise<boolean> {
    for (const day of days)
      if (await this.agreements.covers(epspId, institutionId, day)) return true;
    return false;
  }
}

/** Who stands behind an entry: the intermediary and its software. No person of it is known here. */
export const authorOf = ({ epspId, clientId }: Pick<OwnAct, 'epspId' | 'clientId'>): string =>
  `${epspId}/${clientId}`;
