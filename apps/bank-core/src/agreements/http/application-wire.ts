import { instantToWire } from '#libs/kernel';
import type { ApplicationView } from '../applications.service.js';
import type { ApplicationDto } from './application.dto.js';

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** The same for both sides, but for names: who at the bank moved stays inside. */
export const applicationToWire = (view: ApplicationView): ApplicationDto => ({
  applicationId: view.id,
  epspId: view.epspId,
  purpose: view.purpose,
  openedBy: view.openedBy,
  openedAt: instantToWire(view.openedAt),
  asOf: instantToWire(view.asOf),
  state: view.standing.state,
  steps: view.standing.steps.map((step) => ({
    step: step.step,
    state: step.state,
    owner: step.owner ?? null,
    since: instantToWire(step.since),
    targetOn: step.targetOn?.toString() ?? null,
    heldByIntermediarySeconds: seconds(step.heldMs.intermediary),
    heldByBankSeconds: seconds(step.heldMs.bank),
    note: step.note,
  })),
  events: view.events.map((event) => ({
    act: event.act,
    step: event.step ?? null,
    side: event.side,
    note: event.note,
    documents: [...event.documents],
    targetOn: event.targetOn?.toString() ?? null,
    at: instantToWire(event.at),
  })),
});
