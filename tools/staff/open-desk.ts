/** bank-core's desk for whoever stands outside it: a story of the gateway's side knows the bank by its tools alone. */
export { openStaffDesk } from '../../apps/bank-core/src/staff-desk.js';
