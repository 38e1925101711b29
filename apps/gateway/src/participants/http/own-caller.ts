import type { Access } from '../../authorization/index.js';
import type { Caller } from '../../bank/index.js';

/** Own affairs are the intermediary's alone: whatever a header says, no chain partner stands behind them. */
export const ownCaller = ({ caller }: Access): Caller => ({ ...caller, chainPartnerId: 'none' });
