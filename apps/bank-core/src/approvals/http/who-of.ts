import type { Names } from '../who-is-who.js';
import type { WhoAsks } from './pages/who-asks.js';

/** The names as the box "who asks" takes them. */
export const whoOf = (names: Names): WhoAsks => ({
  name: names.intermediaryName,
  registration: names.registration,
  contact: names.contact,
  partnerName: names.partnerName,
});
