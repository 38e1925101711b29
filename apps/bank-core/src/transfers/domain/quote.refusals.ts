import type { TrafficRefusal } from '../../consents/index.js';
import type { InstitutionRefusal } from '../../institutions/index.js';
import type { DisclosureRefusal } from '../../limits/index.js';
import type { DayRefusal } from './decide-confirmation.js';
import type { ContentRefusal } from './transfer.refusals.js';

/** What a quote refuses, in the order in which it is judged: party, content, day, the day's cap. */
export type QuoteRefusal =
  TrafficRefusal | InstitutionRefusal | ContentRefusal | DayRefusal | DisclosureRefusal;
