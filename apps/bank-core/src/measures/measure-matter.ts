import { Inject, Injectable } from '@nestjs/common';
import type {
  AnnouncedMeasure,
  Machine,
  MachineEvent,
  MachineState,
  MeasureAuthority,
  MeasureBasis,
  StepResult,
  LinkEvent,
} from '#libs/contracts';
import { assert, type Instant, type Refusal } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { LinksService } from '../links/index.js';
import {
  MattersService,
  type KeptMachine,
  type MatterName,
  type TakenStep,
} from '../matters/index.js';
import { RecordsService } from '../records/index.js';
import type { EventExtras } from './domain/step-content.js';
import { LetterSender } from './letter-sender.js';

/** What the facts of both procedures have in common. */
export interface ProcedureFacts {
  readonly institution: string;
  readonly epsp: string;
  readonly notice?: AnnouncedMeasure;
  readonly measureId?: string;
}

/** The link refused what its procedure had accepted: the whole step is taken back. */
export class LinkRefused extends Error {
  constructor(readonly refusal: Refusal<string>) {
    super(refusal.code);
  }
}

/** What both procedures do besides moving: letters, the link, the record. */
@Injectable()
export class ProcedureDesk {
  constructor(
    @Inject(MattersService) readonly matters: MattersService,
    @Inject(LinksService) readonly links: LinksService,
    @Inject(LetterSender) readonly letters: LetterSender,
    @Inject(RecordsService) readonly records: RecordsService,
  ) {}
}

/** The watch shows what may be lifted; the consents of a party whose contract ends follow it (room consents). */
export const DONE_ELSEWHERE: readonly string[] = [
  'propose_lifting_link_measure',
  'revoke_partner_consents',
];
export const DONE_HERE = [
  'commit_link_measure',
  'extend_link_measure',
  'lift_link_measure',
  'refuse_partner_calls',
  'accept_partner_calls',
] as const;

/** The two natural persons of an event, as the machines write them. */
type Acted = MachineEvent & { readonly enteredBy: string; readonly approvedBy: string };

/** A procedure that can end in a measure on the linkage: RKN-S4 and RKN-C2 differ in their machine alone. */
export abstract class MeasureMatter<
  Name extends string,
  Facts extends ProcedureFacts,
  Event extends MachineEvent,
  Code extends string,
> implements KeptMachine<Name, Facts, Event, Code> {
  abstract readonly machine: Machine<Name, Facts, Event, Code>;
  abstract readonly basis: MeasureBasis;

  constructor(readonly desk: ProcedureDesk) {}

  abstract step(
    state: MachineState<Name, Facts>,
    event: Event,
    now: Instant,
  ): StepResult<Name, Facts, Code>;
  abstract begin(matter: MatterName, now: Instant): MachineState<Name, Facts>;
  abstract authorityOf(state: MachineState<Name, Facts>): MeasureAuthority;
  /** Behind which intermediary, and about which partner, this matter stands. */
  abstract partiesOf(key: string): { readonly epspId: string; readonly partnerId?: string };

  nameOf(institutionId: number, key: string): MatterName {
    return { institutionId, machine: this.machine.name, key };
  }

  /** Letters, effects on the link, the record; in the transaction of the step, or none of it. */
  async onStep(tx: Transaction, taken: TakenStep<Name, Facts, Event>): Promise<void> {
    const { matter, stepped, at } = taken;
    const { epspId, partnerId } = this.partiesOf(matter.key);
    const event = taken.event as MachineEvent & EventExtras;
    for (const notice of stepped.notices.filter(({ to }) => to === 'epsp'))
      await this.desk.letters.send(tx, {
        matter,
        epspId,
        partnerId,
        notice,
        event,
        announced: stepped.state.facts.notice,
        duties: stepped.duties,
        at,
      });
    for (const effect of stepped.effects) await this.act(tx, effect, taken);
    await this.desk.records.append(tx, {
      institutionId: matter.institutionId,
      happenedAt: taken.event.happenedAt,
      kind: `${this.machine.name.replaceAll('-', '_')}_${taken.event.type}`,
      epspId,
      chainPartnerId: partnerId,
      content: { event: taken.event, cameTo: stepped.state.name, clauses: stepped.clauses },
    });
  }

  /** The event for the link that goes with a measure of this procedure; what it rests on is read from the state. */
  linkEventOf(
    state: MachineState<Name, Facts>,
    event: Acted & EventExtras,
  ): Extract<LinkEvent, { type: 'measure_committed' }> {
    const { notice, institution } = state.facts;
    assert(notice && event.measureId !== undefined, 'A measure follows its notice.');
    return {
      type: 'measure_committed',
      id: event.measureId,
      happenedAt: event.happenedAt,
      institution,
      enteredBy: event.enteredBy,
      approvedBy: event.approvedBy,
      measureId: event.measureId,
      kind: notice.kind,
      basis: this.basis,
      removed: notice.removed,
      ...(event.until === undefined ? {} : { until: event.until }),
      grounds: event.grounds ?? { text: '', evidence: [] },
      authority: this.authorityOf(state),
    };
  }

  longerLinkEventOf(
    { facts: { institution } }: MachineState<Name, Facts>,
    event: Acted & EventExtras,
  ): Extract<LinkEvent, { type: 'measure_extended' }> {
    const { measureId, until, grounds } = event;
    assert(
      measureId !== undefined && until !== undefined,
      'An extension names what and until when.',
    );
    return {
      type: 'measure_extended',
      id: `extended:${measureId}:${until}`,
      happenedAt: event.happenedAt,
      institution,
      enteredBy: event.enteredBy,
      approvedBy: event.approvedBy,
      measureId,
      until,
      grounds: grounds ?? { text: '', evidence: [] },
    };
  }

  private async act(
    tx: Transaction,
    effect: string,
    { matter, event, stepped, at }: TakenStep<Name, Facts, Event>,
  ): Promise<void> {
    const { institutionId } = matter;
    const { epspId, partnerId } = this.partiesOf(matter.key);
    const { links } = this.desk;
    const acted = event as unknown as Acted & EventExtras;
    if (effect === 'commit_link_measure') {
      const told = this.linkEventOf(stepped.state, acted);
      const answer = await links.tell(tx, { institutionId, epspId }, told, at);
      if (!answer.ok) throw new LinkRefused(answer.refusal);
    } else if (effect === 'extend_link_measure') {
      const told = this.longerLinkEventOf(stepped.state, acted);
      const answer = await links.tell(tx, { institutionId, epspId }, told, at);
      if (!answer.ok) throw new LinkRefused(answer.refusal);
    } else if (effect === 'lift_link_measure') {
      await this.lift(tx, { institutionId, epspId }, acted, at);
    } else if (effect === 'refuse_partner_calls' && partnerId !== undefined) {
      await links.refusePartner(tx, institutionId, partnerId, at);
    } else if (effect === 'accept_partner_calls' && partnerId !== undefined) {
      await links.acceptPartner(tx, institutionId, partnerId, at);
    } else assert(DONE_ELSEWHERE.includes(effect), `Nobody does ${effect}.`);
  }

  /** Nothing to lift where the partner had been stopped without a measure, or the measure has ended by its time. */
  private async lift(
    tx: Transaction,
    link: { readonly institutionId: number; readonly epspId: string },
    event: Acted & EventExtras,
    at: Instant,
  ): Promise<void> {
    const { measureId = '', reason = '' } = event;
    if (measureId === '') return;
    const told = await this.desk.links.tell(
      tx,
      link,
      {
        type: 'measure_lifted',
        id: `lifted:${measureId}`,
        happenedAt: event.happenedAt,
        institution: String(link.institutionId),
        enteredBy: event.enteredBy,
        approvedBy: event.approvedBy,
        measureId,
        reason,
      },
      at,
    );
    if (!told.ok && told.refusal.code !== 'measure_unknown') throw new LinkRefused(told.refusal);
  }
}
