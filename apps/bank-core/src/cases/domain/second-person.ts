/** Stands for the second person while nobody has approved yet: a draft is judged as if somebody else would. */
export const SOMEBODY_ELSE = '（承認前 / not approved yet）';
