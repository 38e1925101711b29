import { Inject, Injectable } from '@nestjs/common';
import type { HolderKind } from '#libs/contracts';
import { accepted, canonicalJson, hashOf, refused, sha256Hex } from '#libs/kernel';
import {
  applyEvent,
  openCase,
  type CaseDecision,
  type CompensationClaim,
  type LossCase,
} from '#libs/liability';
import { RecordsService } from '../records/index.js';
import type { StaffMember } from '../staff/index.js';
import { CaseBook, type Told } from './case-book.service.js';
import { CaseTerms } from './case-terms.service.js';
import { decide, inputsFrom } from './domain/decision-inputs.js';
import { eventsOf, lockCase, stateHashesOf, type CaseName } from './storage/case.store.pg.js';
import { countProbe, findDecision } from './storage/claim.store.pg.js';

/** How often one officer may try or replay at one institution within the window. */
export const PROBES_MAX = 60;
const WINDOW_MS = 600_000;

export interface Replayed {
  readonly same: boolean;
  readonly hash: string;
  readonly text: string;
}

/** What-if without saving, and replay to the same bytes: staff only, per institution, recorded, bounded (T-28). */
@Injectable()
export class CaseProbes {
  constructor(
    @Inject(CaseBook) private readonly book: CaseBook,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** What the rules would say of these facts today. Nothing is kept but that somebody asked. */
  async whatIf(
    institutionId: number,
    question: { about: 'compensation' | 'fraud_policy'; claim: CompensationClaim },
    holderKind: HolderKind | 'unknown',
    officer: StaffMember,
  ): Promise<Told<CaseDecision>> {
    const subject = hashOf({ about: question.about, claim: question.claim });
    const counted = await this.count(institutionId, 'what_if', subject, officer);
    if (!counted.ok) return counted;
    const terms = await this.terms.at(institutionId, await this.book.now());
    const { about, claim: asked } = question;
    const inputs =
      about === 'compensation'
        ? { ...terms, about, asked }
        : { ...terms, about, asked, holderKind };
    return decide(inputs) as Told<CaseDecision>;
  }

  /** A decision made again from its stored inputs; `same` tells whether the bytes are. */
  async replayDecision(name: CaseName, id: string, officer: StaffMember): Promise<Told<Replayed>> {
    const { institutionId, caseId } = name;
    const counted = await this.count(institutionId, 'replay_decision', id, officer);
    if (!counted.ok) return counted;
    return this.book.inside(institutionId, async (tx) => {
      const stored = await findDecision(tx, institutionId, id);
      if (!stored || stored.caseId !== caseId) return refused('case_unknown');
      const made = decide(inputsFrom(stored.inputs));
      if (!made.ok) return made as Told<Replayed>;
      const text = canonicalJson(made.value.decision);
      return accepted({ same: text === stored.decision, hash: `sha256:${sha256Hex(text)}`, text });
    });
  }

  /** A case built again from its events, compared after each of them with what was written down then. */
  async replayCase(name: CaseName, officer: StaffMember): Promise<Told<Replayed>> {
    const counted = await this.count(name.institutionId, 'replay_case', name.caseId, officer);
    if (!counted.ok) return counted;
    return this.book.inside(name.institutionId, async (tx) => {
      if (!(await lockCase(tx, name))) return refused('case_unknown');
      const hashes = await stateHashesOf(tx, name);
      let state: LossCase | undefined;
      let same = true;
      for (const [index, { recordedAt, ...event }] of (await eventsOf(tx, name)).entries()) {
        const next: ReturnType<typeof applyEvent> = state
          ? applyEvent(state, event, recordedAt)
          : event.type === 'loss_reported'
            ? openCase(event, recordedAt)
            : refused('state_conflict');
        if (!next.ok) return next as Told<Replayed>;
        state = next.value;
        same &&= hashOf(state) === hashes[index];
      }
      const text = canonicalJson(state);
      return accepted({ same, hash: `sha256:${sha256Hex(text)}`, text });
    });
  }

  /** Counted in a transaction of its own: what was tried stays written down, whatever becomes of it. */
  private async count(
    institutionId: number,
    act: 'what_if' | 'replay_decision' | 'replay_case',
    subject: string,
    { mailAddress: officer }: StaffMember,
  ): Promise<Told<void>> {
    const made = await this.book.inside(institutionId, async (tx, at) => {
      const probe = { officer, act, subject, at, since: at - WINDOW_MS };
      const count = await countProbe(tx, institutionId, probe);
      const content = { act, subject, officer };
      const kind = 'case_probe';
      await this.records.append(tx, { institutionId, happenedAt: at, kind, content });
      return accepted(count);
    });
    if (!made.ok) return made;
    return made.value > PROBES_MAX ? refused('too_many_probes') : accepted(undefined);
  }
}
