/** Why a person judged as they did, and what a third person can look at. */
export interface Grounds {
  readonly text: string;
  readonly evidence: readonly string[];
}

/**
 * True where the grounds are written down and at least one piece of evidence is named. Whether they
 * are objective and reasonable is judged by people, never here. Source: RKN-S4a, RKN-C2a, RKN-L4-0b.
 */
export const groundsAreRecorded = ({ text, evidence }: Grounds): boolean =>
  text.trim() !== '' && evidence.some((id) => id.trim() !== '');
