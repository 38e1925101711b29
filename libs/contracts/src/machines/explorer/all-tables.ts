import { chainMachine } from '../chain-stop.js';
import { consentMachine } from '../consent.js';
import { contractMachine } from '../internet-banking-contract.js';
import { linkMachine } from '../link.js';
import { mailPasswordMachine } from '../mail-password.js';
import { tokenMachine } from '../one-time-password-token.js';
import { holdMachine } from '../protective-hold.js';
import { reviewMachine } from '../security-review.js';
import { transferMachine } from '../transfer.js';
import { sayTable } from './say-table.js';

/** Every machine's table as text, by the name of the machine. */
export const allTables: Readonly<Record<string, string>> = {
  [transferMachine.name]: sayTable(transferMachine),
  [linkMachine.name]: sayTable(linkMachine),
  [consentMachine.name]: sayTable(consentMachine),
  [holdMachine.name]: sayTable(holdMachine),
  [reviewMachine.name]: sayTable(reviewMachine),
  [chainMachine.name]: sayTable(chainMachine),
  [tokenMachine.name]: sayTable(tokenMachine),
  [mailPasswordMachine.name]: sayTable(mailPasswordMachine),
  [contractMachine.name]: sayTable(contractMachine),
};
