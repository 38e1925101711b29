import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import type {
  BankCoreFile,
  ChecklistAnswerRequest,
  ChecklistAnswerView,
  ChecklistContentView,
  ChecklistDifferenceView,
  ChecklistView,
  CommentRequest,
  CommentView,
  EvidenceFileView,
  FilingView,
  ImportedAnswersView,
  OwnGapView,
  OwnReviewView,
  OwnStandardsView,
} from '#libs/bank-core-client';
import { BankService, type Caller, type Once } from './bank.service.js';
import type { CoreRefusal } from './core.problems.js';
import type { ListPart } from './own-linkage.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

const SECURITY = 'participants/self/security';
/** Of what holds every answer of a checklist, or every comment: as much as the gateway's own contract promises. */
const LONG_ANSWER_BYTES_MAX = 32 * 1024 * 1024;
const LONG = { answerBytesMax: LONG_ANSWER_BYTES_MAX } as const;

/** What an intermediary owes of its security: checklists, answers, evidence, reviews and gaps (RKN-S2, RKN-S3). */
@Injectable()
export class OwnSecurity {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  async reviews(caller: Caller): Answer<readonly OwnReviewView[]> {
    const answer = await this.read<{ reviews: OwnReviewView[] }>(caller, 'reviews');
    return answer.ok ? accepted(answer.value.reviews) : answer;
  }

  standards(caller: Caller): Answer<OwnStandardsView> {
    return this.read(caller, 'standards');
  }

  async gaps(caller: Caller): Answer<readonly OwnGapView[]> {
    const answer = await this.read<{ gaps: OwnGapView[] }>(caller, 'gaps');
    return answer.ok ? accepted(answer.value.gaps) : answer;
  }

  /** The newest first. */
  async checklists(caller: Caller, part: ListPart): Answer<readonly ChecklistView[]> {
    const answer = await this.read<{ submissions: ChecklistView[] }>(caller, 'submissions', part);
    return answer.ok ? accepted(answer.value.submissions) : answer;
  }

  /** The open draft, made where there is none. */
  beginChecklist(caller: Caller): Answer<ChecklistView> {
    return this.bank.ask(caller, { method: 'POST', path: `${SECURITY}/submissions` });
  }

  checklist(caller: Caller, id: string): Answer<ChecklistContentView> {
    const path = `${SECURITY}/submissions/${id}`;
    return this.bank.ask(caller, { method: 'GET', path, ...LONG });
  }

  difference(caller: Caller, id: string): Answer<ChecklistDifferenceView> {
    const path = `${SECURITY}/submissions/${id}/difference`;
    return this.bank.ask(caller, { method: 'GET', path, ...LONG });
  }

  /** Made from the version that was read; refuses with `version_conflict`. */
  answer(
    caller: Caller,
    id: string,
    itemId: string,
    body: ChecklistAnswerRequest,
  ): Answer<ChecklistAnswerView> {
    const path = `${SECURITY}/submissions/${id}/answers/${itemId}`;
    return this.bank.ask(caller, { method: 'PUT', path, body });
  }

  /** The answers as a table, byte for byte. */
  answersTable(caller: Caller, id: string): Answer<BankCoreFile> {
    const path = `${SECURITY}/submissions/${id}/answers`;
    return this.bank.fetch(caller, { method: 'GET', path, ...LONG });
  }

  /** Every line or none; refuses with `answers_refused` and what is wrong in each. */
  takeAnswers(caller: Caller, id: string, file: Buffer): Answer<ImportedAnswersView> {
    const path = `${SECURITY}/submissions/${id}/answers`;
    return this.bank.ask(caller, { method: 'PUT', path, file });
  }

  /** Submits it, or brings what was submitted to further institutions; twice is once. */
  async file(
    caller: Caller,
    id: string,
    bankCodes: readonly string[],
  ): Answer<readonly FilingView[]> {
    const path = `${SECURITY}/submissions/${id}/filings`;
    const call = { method: 'POST', path, body: { bankCodes } } as const;
    const answer = await this.bank.ask<{ filings: FilingView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.filings) : answer;
  }

  async comments(caller: Caller, id: string, bankCode: string): Answer<readonly CommentView[]> {
    const path = `${SECURITY}/submissions/${id}/comments`;
    const call = { method: 'GET', path, query: { bankCode }, ...LONG } as const;
    const answer = await this.bank.ask<{ comments: CommentView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.comments) : answer;
  }

  comment(
    caller: Caller,
    key: string,
    id: string,
    body: CommentRequest,
  ): Answer<Once<CommentView>> {
    const path = `${SECURITY}/submissions/${id}/comments`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }

  /** The newest first. */
  async evidence(caller: Caller, part: ListPart): Answer<readonly EvidenceFileView[]> {
    const answer = await this.read<{ evidence: EvidenceFileView[] }>(caller, 'evidence', part);
    return answer.ok ? accepted(answer.value.evidence) : answer;
  }

  evidenceFile(caller: Caller, id: string): Answer<EvidenceFileView> {
    return this.read(caller, `evidence/${id}`);
  }

  /** The same content is the same file, however often it is sent. */
  upload(caller: Caller, fileName: string, file: Buffer): Answer<EvidenceFileView> {
    const call = {
      method: 'POST',
      path: `${SECURITY}/evidence`,
      query: { fileName },
      file,
    } as const;
    return this.bank.ask(caller, call);
  }

  private read<Value>(caller: Caller, what: string, part?: ListPart): Answer<Value> {
    const query = part && { before: part.before, limit: String(part.limit) };
    const path = `${SECURITY}/${what}`;
    return this.bank.ask(caller, { method: 'GET', path, ...(query && { query }) });
  }
}
