import type { CivilDate } from '#libs/kernel';

/** An electronic payment intermediary (電子決済等代行業者) as the bank's own register knows it (T-07). */
export interface Intermediary {
  readonly id: string;
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
  /** Registration as printed, such as 関東財務局長（電代）第n号. */
  readonly registration: string;
  readonly contactJa: string;
  readonly contactEn: string;
  readonly status: 'pending' | 'active' | 'terminated';
}

/** A chained-connection partner (連鎖接続先) behind one intermediary: RKN-C1a, RKN-D2. */
export interface ChainPartner {
  readonly id: string;
  readonly intermediaryId: string;
  readonly nameJa: string;
  readonly nameKana: string;
  readonly nameEn: string;
  readonly legalBasis: string;
  readonly contractFrom: CivilDate;
  /** Last day of the contract, that day included; none while it has no end. */
  readonly contractTo: CivilDate | undefined;
  readonly directions: readonly ('INFO_OUT' | 'INSTRUCTION_IN')[];
  readonly functions: readonly string[];
  /** Only a contracted one passes calls; a proposed one waits for people, a withdrawn one is history. */
  readonly status: 'proposed' | 'withdrawn' | 'contracted' | 'stopped';
}

/** The institutions that the agreement in force names (RKN-0.2). */
export interface Coverage {
  readonly intermediaryId: string;
  readonly institutionId: number;
}

/** Where the bank's notices reach an intermediary; changed by itself, shown to no customer (T-07). */
export interface IntermediaryDesk {
  readonly noticeMail: string | null;
  readonly noticePhone: string | null;
  /** 0 while nothing was ever said. */
  readonly version: number;
}
