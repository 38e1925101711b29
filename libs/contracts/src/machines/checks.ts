import type { Instant } from '#libs/kernel';
import { groundsAreRecorded, type Grounds } from '../conditions/grounds-are-recorded.js';
import { twoPeopleAgreed, type TwoPeople } from '../conditions/two-people-agreed.js';

/** What every check may look at, narrowed to the event's field that it reads. */
type About<Event> = { readonly event: Event; readonly now: Instant };

/** Something was written: blanks alone say nothing. */
export const isWritten = (text: string | undefined): boolean => (text ?? '').trim() !== '';

/** Grounds with evidence: a judgement without them is no judgement. */
export const groundsGiven = (clause: string) =>
  ({
    refusal: 'grounds_required',
    clause,
    holds: ({ event }: About<{ readonly grounds: Grounds }>) => groundsAreRecorded(event.grounds),
  }) as const;

export const reasonGiven = (clause: string) =>
  ({
    refusal: 'reason_required',
    clause,
    holds: ({ event }: About<{ readonly reason: string }>) => isWritten(event.reason),
  }) as const;

/** Entered by one, approved by another natural person. */
export const twoPeopleActed = (clause: string) =>
  ({
    refusal: 'four_eyes_required',
    clause,
    holds: ({ event }: About<TwoPeople>) => twoPeopleAgreed(event),
  }) as const;

/** No institution acts on the linkage of another (I3, RKN-S4c/d). */
export const actsForItself = (clause: string) =>
  ({
    refusal: 'not_own_linkage',
    clause,
    holds: ({
      facts,
      event,
    }: {
      readonly facts: { readonly institution: string };
      readonly event: { readonly institution: string };
    }) => facts.institution === event.institution,
  }) as const;

/** A period of at least one whole day; one that the institution has not set is none (INT-12). */
export const daysAreSet = <Field extends string>(field: Field, clause: string) =>
  ({
    refusal: 'parameter_unset',
    clause,
    holds: ({ event }: About<Readonly<Partial<Record<Field, number>>>>) => {
      const length = event[field] ?? 0;
      return Number.isInteger(length) && length >= 1;
    },
  }) as const;

/** The end that an event sets lies ahead: nobody can be given a period that is already over. */
export const endsLater = <Field extends string>(field: Field, clause: string) =>
  ({
    refusal: 'deadline_in_the_past',
    clause,
    holds: ({ event, now }: About<Readonly<Record<Field, Instant>>>) => event[field] > now,
  }) as const;
