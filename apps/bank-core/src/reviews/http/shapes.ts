/** What ids and numbers of this room look like over the wire, on both of its sides. */
export const BANK_CODE = '^[0-9]{4}$';
export const SUBMISSION = '^sub_[0-9a-hjkmnp-tv-z]{26}$';
export const EVIDENCE = '^evd_[0-9a-hjkmnp-tv-z]{26}$';
export const WORDING = '^sha256:[0-9a-f]{64}$';
/** The number of an item: `4.2`, `4.2.1`. */
export const ITEM = '^[0-9]{1,2}(\\.[0-9]{1,3}){1,2}$';
/** The longest text that a person writes here, in characters. */
export const TEXT_MAX = 4_000;
